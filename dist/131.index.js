export const id = 131;
export const ids = [131];
export const modules = {

/***/ 94649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ resultOf)
/* harmony export */ });
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16905);

/** What Azure says of an endpoint, as an operation's result. */
function resultOf(live, changed) {
    return {
        name: (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_0__/* .liveName */ .Wg)(live),
        status: changed ? 'succeeded' : 'unchanged',
        changed,
        scoringUrl: (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_0__/* .scoringUrl */ .Po)(live),
        swaggerUrl: (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_0__/* .swaggerUrl */ .ai)(live),
        provisioningState: (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_0__/* .provisioningState */ .vl)(live),
        principalId: (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_0__/* .principalId */ .gv)(live),
        traffic: (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_0__/* .liveTraffic */ .m8)(live),
    };
}


/***/ }),

/***/ 58131:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   needScoringUrl: () => (/* binding */ needScoringUrl),
/* harmony export */   url: () => (/* binding */ url)
/* harmony export */ });
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8015);
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9713);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1633);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16905);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62424);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(94649);






/** Sets the scoring URL. */
async function url(config, deps) {
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .limitsFromNow */ .z)(deps, _limits_js__WEBPACK_IMPORTED_MODULE_5__/* .READING_TIME */ .t));
    const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .needEndpoint */ .CG)(workspace, config.endpoint);
    return { endpoints: [(0,_result_js__WEBPACK_IMPORTED_MODULE_4__/* .resultOf */ .B)(live, false)], answer: needScoringUrl(live) };
}
/** @throws Failure while Azure has not given the endpoint a URL yet */
function needScoringUrl(live) {
    const found = (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_3__/* .scoringUrl */ .Po)(live);
    if (found)
        return found;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Failure */ .HR(`endpoint ${(0,_plan_live_js__WEBPACK_IMPORTED_MODULE_3__/* .liveName */ .Wg)(live)} has no scoring URL; it is ${(0,_plan_live_js__WEBPACK_IMPORTED_MODULE_3__/* .provisioningState */ .vl)(live)}`, {
        nextStep: 'Azure gives the URL when the endpoint has been made; look again in a minute.',
    });
}


/***/ })

};
