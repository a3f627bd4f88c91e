export const id = 79;
export const ids = [79];
export const modules = {

/***/ 38107:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ callerCredential),
/* harmony export */   TH: () => (/* binding */ listKeys),
/* harmony export */   gs: () => (/* binding */ regenerateKey)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1633);
/* harmony import */ var _plan_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82877);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16905);
/* harmony import */ var _endpoints_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9713);




/**
 * A credential for the endpoint's own authentication mode.
 * Source: Microsoft Learn, "Authenticate clients for online endpoints".
 */
async function callerCredential(workspace, live, key) {
    const name = (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_1__/* .liveName */ .Wg)(live);
    switch ((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_1__/* .authMode */ .i)(live)) {
        case 'Key':
            return { token: (await listKeys(workspace, name))[key], type: 'key' };
        case 'AMLToken':
            return amlToken(workspace, name);
        case 'AADToken':
            return entraToken(workspace);
        default:
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`endpoint ${name} has an authentication mode that this version does not know`);
    }
}
/** Both keys of an endpoint with key authentication, masked. */
async function listKeys(workspace, name) {
    const response = await workspace.send({ method: 'POST', path: `${(0,_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .endpointPath */ .nM)(name)}/listKeys`, repeat: 'always' });
    return {
        primary: secretAt(workspace, response, 'primaryKey'),
        secondary: secretAt(workspace, response, 'secondaryKey'),
    };
}
/**
 * Makes Azure put a new key in the place of an old one. Not to be repeated blindly: each call replaces the key again.
 * Without `keyValue` the service makes the value itself [U]; `azure-ai-ml` sends the present one.
 */
function regenerateKey(workspace, name, key) {
    const body = { keyType: key === 'primary' ? 'Primary' : 'Secondary' };
    return workspace.send({ method: 'POST', path: `${(0,_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .endpointPath */ .nM)(name)}/regenerateKeys`, body, repeat: 'if-untouched' });
}
async function amlToken(workspace, name) {
    const response = await workspace.send({ method: 'POST', path: `${(0,_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .endpointPath */ .nM)(name)}/token`, repeat: 'always' });
    const token = secretAt(workspace, response, 'accessToken');
    const expiry = Number(bodyOf(response)['expiryTimeUtc']);
    return { token, type: 'aml_token', ...(expiry > 0 ? { expiresAt: expiry * 1_000 } : {}) };
}
async function entraToken(workspace) {
    const { token, expiresAt } = await workspace.token(`${workspace.target.cloud.machineLearning}/.default`);
    return { token, type: 'aad_token', expiresAt };
}
function secretAt(workspace, response, field) {
    const secret = (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_3__/* .textAt */ .$6)(bodyOf(response), field);
    if (!secret)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`Azure answered without ${field}`, { request: response.request, requestId: response.requestId });
    workspace.report.mask(secret);
    return secret;
}
function bodyOf(response) {
    return (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(response.body) ? response.body : {};
}


/***/ }),

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

/***/ 49460:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   token: () => (/* binding */ token)
/* harmony export */ });
/* harmony import */ var _azure_callers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38107);
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8015);
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9713);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62424);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94649);





/** Hands out the key or token that callers of the endpoint send. It is masked before anything else sees it. */
async function token(config, deps) {
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_1__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_4__/* .limitsFromNow */ .z)(deps, _limits_js__WEBPACK_IMPORTED_MODULE_4__/* .READING_TIME */ .t));
    const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .needEndpoint */ .CG)(workspace, config.endpoint);
    const credential = await (0,_azure_callers_js__WEBPACK_IMPORTED_MODULE_0__/* .callerCredential */ .D)(workspace, live, config.key);
    const expiresAt = credential.expiresAt && new Date(credential.expiresAt).toISOString();
    deps.report.info(`${what(credential.type, config.key)} of endpoint ${config.endpoint}${expiresAt ? `, valid until ${expiresAt}` : ''}`);
    return {
        endpoints: [(0,_result_js__WEBPACK_IMPORTED_MODULE_3__/* .resultOf */ .B)(live, false)],
        answer: credential.token,
        secret: true,
        outputs: {
            token: credential.token,
            'token-type': credential.type,
            ...(expiresAt ? { 'token-expires-at': expiresAt } : {}),
        },
    };
}
function what(type, key) {
    return type === 'key' ? `${key} key` : type;
}


/***/ })

};
