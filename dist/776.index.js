export const id = 776;
export const ids = [776];
export const modules = {

/***/ 53776:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   create: () => (/* binding */ create)
/* harmony export */ });
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8015);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);
/* harmony import */ var _desired_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7199);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(79226);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(62424);
/* harmony import */ var _written_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(83493);
/* harmony import */ var _write_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(35601);







/** Makes the endpoint from its YAML; an error if it is there already. */
async function create(config, deps) {
    const [spec] = await (0,_desired_js__WEBPACK_IMPORTED_MODULE_2__/* .desiredEndpoints */ .H)(config.request, deps);
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_6__/* .limitsFromNow */ .z)(deps, config.timeout));
    const written = await (0,_write_js__WEBPACK_IMPORTED_MODULE_5__/* .writeEndpoint */ .x)(workspace, spec, {
        journal: deps.journal,
        check: async (plan, live) => {
            if (live)
                throw alreadyThere(config.endpoint);
            await (0,_guards_js__WEBPACK_IMPORTED_MODULE_3__/* .checkWrite */ .G)(workspace, spec, plan, live, (0,_guards_js__WEBPACK_IMPORTED_MODULE_3__/* .confirmation */ .E)('', deps));
        },
    });
    // An endpoint that equals its YAML never reaches the check, but it was there all the same.
    if (!written.changed)
        throw alreadyThere(config.endpoint);
    return (0,_written_js__WEBPACK_IMPORTED_MODULE_4__/* .writtenOutcome */ .G)([written], []);
}
function alreadyThere(name) {
    return new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`endpoint ${name} exists already`, {
        code: 'EndpointExists',
        nextStep: 'Use operation `update` to bring it to its YAML, or `apply` for either case.',
    });
}


/***/ })

};
