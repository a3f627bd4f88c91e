export const id = 858;
export const ids = [858,131];
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

/***/ 33858:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  invoke: () => (/* binding */ invoke)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./src/azure/callers.ts
var callers = __webpack_require__(38107);
// EXTERNAL MODULE: ./src/azure/connect.ts + 3 modules
var connect = __webpack_require__(8015);
// EXTERNAL MODULE: ./src/azure/endpoints.ts
var endpoints = __webpack_require__(9713);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/azure/errors.ts
var errors = __webpack_require__(16616);
// EXTERNAL MODULE: ./src/azure/http.ts
var http = __webpack_require__(37743);
// EXTERNAL MODULE: ./src/azure/retry.ts
var retry = __webpack_require__(92933);
;// CONCATENATED MODULE: ./src/azure/scoring.ts




const LABEL = 'POST scoring URL';
/**
 * What the scoring front end means by a status.
 * Source: Microsoft Learn, "Troubleshoot online endpoints", HTTP status codes.
 */
const MEANINGS = {
    401: 'The endpoint does not take this key or token; has it just been rotated?',
    403: 'The signed-in identity needs Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action (role "AzureML Data Scientist").',
    404: 'No deployment takes this request: give one some traffic, or check the path of a custom container.',
    408: 'The model took longer than `request_timeout_ms` of its deployment.',
    413: 'The request is too large.',
    424: "The model's own code failed; look at the logs of the deployment.",
    429: 'The deployment has more requests waiting than it takes; add instances or ask more slowly.',
};
/**
 * Sends one request to the scoring URL and checks the status.
 * It is repeated only when it surely did not reach the model, since nobody knows what a model does with a request.
 * @throws Failure when the answer has another status than the expected one
 */
async function score(workspace, request) {
    const response = await (0,retry/* withRetries */.L)('if-untouched', workspace, () => sendScore(workspace, request));
    const answer = {
        status: response.status,
        text: response.text,
        deployment: response.header('azureml-model-deployment'),
    };
    if (response.status !== request.expectStatus)
        throw unexpected(response, request.expectStatus);
    return answer;
}
async function sendScore(workspace, request) {
    const response = await workspace.http({
        method: 'POST',
        url: request.url,
        label: LABEL,
        headers: {
            authorization: `Bearer ${request.token}`,
            'content-type': request.contentType,
            ...(request.deployment ? { 'azureml-model-deployment': request.deployment } : {}),
        },
        body: request.body,
        // Kubernetes deployments may take five minutes for an answer.
        timeout: 310_000,
    }, workspace.limits.signal);
    const refused = new errors/* ServiceError */._7({
        status: response.status,
        body: undefined,
        request: LABEL,
        retryAfter: (0,http/* retryAfterMilliseconds */.zG)(response),
    });
    if (response.status !== request.expectStatus && (0,errors/* isUntouched */.O2)(refused))
        throw refused;
    return response;
}
function unexpected(response, expected) {
    const reason = response.header('ms-azureml-model-error-reason');
    const words = [reason, response.text.replace(/\s+/g, ' ').trim().slice(0, 500)].filter(Boolean).join(': ');
    return new failure/* Failure */.HR(`the endpoint answered ${response.status}, not ${expected}${words ? `: ${words}` : ''}`, {
        code: `HTTP ${response.status}`,
        request: LABEL,
        requestId: (0,http/* requestId */.z2)(response),
        nextStep: MEANINGS[response.status] ?? 'Look at the logs of the deployment.',
    });
}

// EXTERNAL MODULE: ./src/plan/live.ts
var live = __webpack_require__(16905);
// EXTERNAL MODULE: ./src/operations/limits.ts
var limits = __webpack_require__(62424);
// EXTERNAL MODULE: ./src/operations/result.ts
var result = __webpack_require__(94649);
// EXTERNAL MODULE: ./src/operations/url.ts
var url = __webpack_require__(58131);
;// CONCATENATED MODULE: ./src/operations/invoke.ts










/** Larger requests than this are refused by the service; source: Microsoft Learn, "Manage quotas", online endpoints. */
const LARGEST_REQUEST = 100 * 1024 * 1024;
/** GitHub takes at most one mebibyte of outputs from a job. */
const LARGEST_OUTPUT = 900_000;
/** Sends a request file to the endpoint, or to one deployment, and checks the status of the answer. */
async function invoke(config, deps) {
    const body = await requestBody(config.requestFile, deps);
    const workspace = await (0,connect/* connect */.Ng)(config.azure, deps, (0,limits/* limitsFromNow */.z)(deps, config.timeout));
    const live = await (0,endpoints/* needEndpoint */.CG)(workspace, config.endpoint);
    if (config.deployment)
        await needDeployment(workspace, config.endpoint, config.deployment);
    const { token } = await (0,callers/* callerCredential */.D)(workspace, live, config.key);
    const answer = await score(workspace, {
        url: (0,url.needScoringUrl)(live),
        token,
        body,
        contentType: contentType(config.requestFile),
        deployment: config.deployment,
        expectStatus: config.expectStatus,
    });
    deps.report.info(`answered ${answer.status}${answer.deployment ? ` by deployment ${answer.deployment}` : ''}`);
    return {
        endpoints: [(0,result/* resultOf */.B)(live, false)],
        answer: answer.text,
        outputs: { 'response-status': String(answer.status), ...responseOutput(answer.text, deps) },
    };
}
async function requestBody(file, { files }) {
    try {
        const bytes = await files.read(file, LARGEST_REQUEST);
        if (bytes.length <= LARGEST_REQUEST)
            return bytes;
        throw new failure/* InputFaults */.qv([{ file, message: 'is larger than 100 MiB, which no endpoint takes' }]);
    }
    catch (error) {
        if (error instanceof failure/* InputFaults */.qv)
            throw error;
        const code = error.code ?? 'unreadable';
        throw new failure/* InputFaults */.qv([{ message: `input request-file: ${file} cannot be read (${code})` }]);
    }
}
async function needDeployment(workspace, endpoint, deployment) {
    const names = (await (0,endpoints/* listDeployments */.Jn)(workspace, endpoint)).map(live/* liveName */.Wg);
    if (names.includes(deployment))
        return;
    throw new failure/* Failure */.HR(`endpoint ${endpoint} has no deployment ${deployment}`, {
        nextStep: names.length > 0 ? `It has ${names.sort().join(', ')}.` : 'It has no deployments at all.',
    });
}
function contentType(file) {
    const known = {
        '.json': 'application/json',
        '.csv': 'text/csv',
        '.txt': 'text/plain',
        '.xml': 'application/xml',
        '.png': 'image/png',
        '.jpg': 'image/jpeg',
        '.jpeg': 'image/jpeg',
    };
    return known[(0,external_node_path_.extname)(file).toLowerCase()] ?? 'application/octet-stream';
}
function responseOutput(text, { report }) {
    if (Buffer.byteLength(text) <= LARGEST_OUTPUT)
        return { response: text };
    report.warning('the answer is too large for an output; output `response` is not set');
    return {};
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
