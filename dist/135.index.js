export const id = 135;
export const ids = [135];
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

/***/ 5818:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ startWait)
/* harmony export */ });
/* harmony import */ var _config_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97840);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);


const HEARTBEAT = 15_000;
function startWait(workspace, what) {
    const { clock, limits, report } = workspace;
    const begin = clock.now();
    let lastLine = begin;
    const elapsed = () => clock.now() - begin;
    const heartbeat = (state) => {
        if (clock.now() - lastLine < HEARTBEAT)
            return;
        lastLine = clock.now();
        report.info(`${what}: ${state} (${(0,_config_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(elapsed())})`);
    };
    return {
        elapsed,
        done: () => report.info(`${what}: done after ${(0,_config_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(elapsed())}`),
        async pause(state, asked) {
            heartbeat(state);
            const end = clock.now() + (asked ?? (elapsed() < 120_000 ? 1_000 : 5_000));
            if (clock.now() >= limits.deadline)
                throw timedOut(what, state, elapsed());
            // A long pause is cut into pieces, so that the heartbeat goes on and the deadline holds.
            while (clock.now() < end && clock.now() < limits.deadline) {
                const beat = lastLine + HEARTBEAT;
                await clock.sleep(Math.max(1, Math.min(end, limits.deadline, beat) - clock.now()), limits.signal);
                heartbeat(state);
            }
        },
    };
}
function timedOut(what, state, elapsed) {
    return new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`${what}: not finished after ${(0,_config_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(elapsed)}; Azure last said ${state}`, {
        code: 'Timeout',
        nextStep: 'Azure goes on without us. Run again to pick it up where it is, or give a longer `timeout`.',
    });
}


/***/ }),

/***/ 35824:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u: () => (/* binding */ followInJournal)
});

// EXTERNAL MODULE: ./src/config/duration.ts
var duration = __webpack_require__(97840);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/plan/json.ts
var json = __webpack_require__(82877);
// EXTERNAL MODULE: ./src/azure/errors.ts
var errors = __webpack_require__(16616);
// EXTERNAL MODULE: ./src/azure/http.ts
var http = __webpack_require__(37743);
// EXTERNAL MODULE: ./src/azure/missing.ts
var missing = __webpack_require__(18667);
// EXTERNAL MODULE: ./src/azure/wait.ts
var azure_wait = __webpack_require__(5818);
;// CONCATENATED MODULE: ./src/azure/operation.ts







/**
 * Follows what a write has started until Azure says that it has ended.
 * `Azure-AsyncOperation` answers with a state; only `Succeeded`, `Failed` and `Canceled` are final, and every other word
 * (Azure ML says `Updating`) means "still at it". A `Location` alone answers 202 until it is done.
 * Source: Azure Resource Manager, "Track asynchronous Azure operations".
 * @param what what a person reads in the heartbeat: `update of endpoint iris`
 * @throws Failure when the operation failed, was cancelled in Azure, or the deadline passed
 */
async function followOperation(workspace, started, what) {
    const stateUrl = started.header('azure-asyncoperation');
    const resultUrl = started.status === 202 ? started.header('location') : undefined;
    const url = stateUrl ?? resultUrl;
    if (!url)
        return;
    const wait = (0,azure_wait/* startWait */.A)(workspace, what);
    let state = 'started';
    let pause = (0,http/* retryAfterMilliseconds */.zG)({ status: started.status, text: '', header: started.header });
    for (let silent = 0;;) {
        await wait.pause(state, pause);
        const answer = await poll(workspace, url);
        if (answer === 'forgotten')
            return;
        if (answer instanceof Error) {
            silent += 1;
            if (silent >= MOST_SILENT_POLLS)
                throw answer;
            workspace.report.info(`${what}: Azure does not tell its state (${answer.message}); asking again`);
            continue;
        }
        silent = 0;
        pause = (0,http/* retryAfterMilliseconds */.zG)({ status: answer.status, text: '', header: answer.header });
        if (!stateUrl) {
            if (answer.status !== 202)
                return;
            continue;
        }
        state = stateOf(answer);
        if (isFinal(state))
            return endedWell(state, answer, what, wait);
    }
}
/** A poll that finds nobody there costs about half a minute of retries; the write goes on in Azure meanwhile. */
const MOST_SILENT_POLLS = 5;
/** `forgotten` when Azure knows no such operation any more; the resource itself then tells how it ended. */
async function poll(workspace, url) {
    try {
        return await workspace.send({ method: 'GET', path: url, repeat: 'always' });
    }
    catch (error) {
        if ((0,missing/* isNotFound */.c)(error))
            return 'forgotten';
        if ((0,errors/* isTransient */.dg)(error))
            return error;
        throw error;
    }
}
function stateOf(answer) {
    return ((0,json/* isObject */.Gv)(answer.body) && (0,json/* textAt */.$6)(answer.body, 'status')) || 'Unknown';
}
function isFinal(state) {
    return ['succeeded', 'failed', 'canceled', 'cancelled'].includes(state.toLowerCase());
}
function endedWell(state, answer, what, wait) {
    if (state.toLowerCase() === 'succeeded')
        return wait.done();
    const words = (0,json/* isObject */.Gv)(answer.body) ? (0,errors/* errorWords */.Yi)(answer.body['error'] ?? answer.body) : undefined;
    const ended = state.toLowerCase() === 'failed' ? 'failed' : 'was cancelled in Azure';
    throw new failure/* Failure */.HR(`${what} ${ended} after ${(0,duration/* formatDuration */.a)(wait.elapsed())}${words ? `: ${words.message}` : ''}`, {
        code: words?.code,
        request: answer.request,
        requestId: answer.requestId,
        nextStep: 'Mend what Azure names and run again; nothing is lost by running twice.',
    });
}

;// CONCATENATED MODULE: ./src/operations/follow.ts


/** Follows a write to its end, and keeps it in the journal as long as Azure works on it. */
async function followInJournal(workspace, answer, entry, journal) {
    journal.begin(entry);
    try {
        await followOperation(workspace, answer, entry.what);
    }
    catch (error) {
        // A failure is an end. What was cancelled or timed out here goes on in Azure, and stays in the journal.
        if (error instanceof failure/* Failure */.HR && error.details.code !== 'Timeout')
            journal.end(entry.endpoint);
        throw error;
    }
    journal.end(entry.endpoint);
}


/***/ }),

/***/ 22135:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   regenerateKeys: () => (/* binding */ regenerateKeys)
/* harmony export */ });
/* harmony import */ var _azure_callers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38107);
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8015);
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9713);
/* harmony import */ var _azure_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16616);
/* harmony import */ var _azure_wait_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5818);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1633);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(16905);
/* harmony import */ var _follow_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(35824);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(62424);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(94649);










/** Rotates one key, exactly once: the old and the new value are compared where an answer was lost. */
async function regenerateKeys(config, deps) {
    const { endpoint, key } = config;
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_1__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_9__/* .limitsFromNow */ .z)(deps, config.timeout));
    const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_2__/* .needEndpoint */ .CG)(workspace, endpoint);
    if ((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .authMode */ .i)(live) !== 'Key')
        throw hasNoKeys(endpoint, (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .authMode */ .i)(live));
    const before = (await (0,_azure_callers_js__WEBPACK_IMPORTED_MODULE_0__/* .listKeys */ .TH)(workspace, endpoint))[key];
    const what = `rotation of the ${key} key of endpoint ${endpoint}`;
    await rotate(workspace, config, before, what, deps);
    await newKeyShows(workspace, config, before, what);
    return { endpoints: [(0,_result_js__WEBPACK_IMPORTED_MODULE_8__/* .resultOf */ .B)(live, true)], answer: `${endpoint}: new ${key} key` };
}
async function rotate(workspace, config, before, what, deps) {
    const { endpoint, key } = config;
    const wait = (0,_azure_wait_js__WEBPACK_IMPORTED_MODULE_4__/* .startWait */ .A)(workspace, what);
    for (;;) {
        try {
            const answer = await (0,_azure_callers_js__WEBPACK_IMPORTED_MODULE_0__/* .regenerateKey */ .gs)(workspace, endpoint, key);
            await (0,_follow_js__WEBPACK_IMPORTED_MODULE_7__/* .followInJournal */ .u)(workspace, answer, { endpoint, what }, deps.journal);
            return;
        }
        catch (error) {
            if ((0,_azure_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isBusy */ .A5)(error)) {
                await wait.pause('waiting for another operation to end', 5_000);
                continue;
            }
            // The answer was lost. Whether the key turned is for the key itself to say; a second turn would be one too many.
            if ((0,_azure_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isTransient */ .dg)(error) && (await turnedWithin(workspace, config, before, 30_000)))
                return;
            throw error;
        }
    }
}
async function newKeyShows(workspace, config, before, what) {
    if (await turnedWithin(workspace, config, before, 3 * 60_000))
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_5__/* .Failure */ .HR(`Azure reports the ${what} as done but still hands out the old key`, {
        nextStep: 'Look again with operation `token` before rotating once more.',
    });
}
async function turnedWithin(workspace, { endpoint, key }, before, patience) {
    const wait = (0,_azure_wait_js__WEBPACK_IMPORTED_MODULE_4__/* .startWait */ .A)(workspace, `reading the ${key} key of endpoint ${endpoint} back`);
    for (;;) {
        if ((await (0,_azure_callers_js__WEBPACK_IMPORTED_MODULE_0__/* .listKeys */ .TH)(workspace, endpoint))[key] !== before)
            return true;
        if (wait.elapsed() >= patience)
            return false;
        await wait.pause('still the old key');
    }
}
function hasNoKeys(endpoint, mode) {
    return new _failure_js__WEBPACK_IMPORTED_MODULE_5__/* .Failure */ .HR(`endpoint ${endpoint} does not use keys; its authentication mode is ${mode ?? 'unknown'}`, {
        nextStep: 'Only endpoints with `auth_mode: key` have keys to rotate.',
    });
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


/***/ })

};
