export const id = 542;
export const ids = [542];
export const modules = {

/***/ 90542:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   validate: () => (/* binding */ validate)
/* harmony export */ });
/* harmony import */ var _desired_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7199);

/** Reads the YAML offline. All faults of all files come out at once, as an error. */
async function validate(config, deps) {
    const specs = await (0,_desired_js__WEBPACK_IMPORTED_MODULE_0__/* .desiredEndpoints */ .H)(config.request, deps);
    for (const spec of specs)
        deps.report.info(`${spec.file}: endpoint ${spec.name} is valid`);
    return { endpoints: specs.map(({ name }) => ({ name, status: 'unchanged', changed: false })) };
}


/***/ })

};
