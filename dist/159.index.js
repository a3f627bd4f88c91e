export const id = 159;
export const ids = [159];
export const modules = {

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

/***/ 91159:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   deleteOperation: () => (/* binding */ deleteOperation)
/* harmony export */ });
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8015);
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9713);
/* harmony import */ var _azure_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16616);
/* harmony import */ var _azure_missing_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18667);
/* harmony import */ var _azure_wait_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5818);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1633);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(16905);
/* harmony import */ var _spec_traffic_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(43906);
/* harmony import */ var _follow_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(35824);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(79226);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(62424);











/** How long Azure may go on showing an endpoint after it has said that it is deleted. */
const STALE_READS = 3 * 60_000;
/** Deletes the endpoint with its deployments and waits until it is gone. Nothing there is a success with a notice. */
async function deleteOperation(config, deps) {
    const { endpoint } = config;
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_10__/* .limitsFromNow */ .z)(deps, config.timeout));
    const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .getEndpoint */ .yP)(workspace, endpoint);
    if (!live)
        return nothingThere(config, deps);
    const names = (await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .listDeployments */ .Jn)(workspace, endpoint)).map(_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .liveName */ .Wg).sort();
    await confirmLoss(config, deps, live);
    deps.report.info(`- ${endpoint}: will be deleted with ${names.length > 0 ? `deployments ${names.join(', ')}` : 'no deployments'}`);
    await remove(workspace, endpoint, deps);
    const along = names.length > 0 ? ` with ${names.join(', ')}` : '';
    return {
        endpoints: [{ name: endpoint, status: 'succeeded', changed: true }],
        answer: `${endpoint}: deleted${along}`,
    };
}
function nothingThere({ endpoint, azure }, { report }) {
    report.notice(`endpoint ${endpoint} is not in workspace ${azure.workspaceName}; there is nothing to delete`);
    return {
        endpoints: [{ name: endpoint, status: 'unchanged', changed: false }],
        answer: `${endpoint}: nothing to delete`,
    };
}
async function confirmLoss(config, deps, live) {
    const traffic = (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .liveTraffic */ .m8)(live);
    if ((0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_7__/* .trafficTotal */ .mQ)(traffic) === 0)
        return;
    const mirror = (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .liveMirrorTraffic */ .p)(live);
    const mirrored = (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_7__/* .trafficTotal */ .mQ)(mirror) > 0 ? `, mirrored ${(0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_7__/* .formatTraffic */ .zM)(mirror)}` : '';
    const consequence = `deletes endpoint ${config.endpoint}, which has live traffic (${(0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_7__/* .formatTraffic */ .zM)(traffic)}${mirrored})`;
    await (0,_guards_js__WEBPACK_IMPORTED_MODULE_9__/* .confirmation */ .E)(config.confirm, deps).orRefuse(config.endpoint, consequence);
}
/** Reads, asks for the deletion, follows it, and reads until nothing is there. */
async function remove(workspace, endpoint, deps) {
    const what = `deletion of endpoint ${endpoint}`;
    const wait = (0,_azure_wait_js__WEBPACK_IMPORTED_MODULE_4__/* .startWait */ .A)(workspace, what);
    let ended;
    for (;;) {
        const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .getEndpoint */ .yP)(workspace, endpoint);
        if (!live)
            break;
        const state = (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .provisioningState */ .vl)(live);
        if (ended === undefined && state.toLowerCase() !== 'deleting') {
            if (await requestDeletion(workspace, { endpoint, what }, deps))
                ended = wait.elapsed();
        }
        else if (ended !== undefined && wait.elapsed() - ended > STALE_READS) {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_5__/* .Failure */ .HR(`Azure reports the ${what} as done but still shows it as ${state}`, {
                nextStep: 'Look with operation `show` and run again.',
            });
        }
        await wait.pause(ended === undefined ? state : 'Azure still shows it');
    }
    deps.journal.end(endpoint);
}
/** Whether Azure says that the deletion is done. Deleting twice does no harm, so a lost answer is followed by a look. */
async function requestDeletion(workspace, entry, { journal, report }) {
    try {
        const answer = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .deleteEndpoint */ .n)(workspace, entry.endpoint);
        await (0,_follow_js__WEBPACK_IMPORTED_MODULE_8__/* .followInJournal */ .u)(workspace, answer, entry, journal);
        return true;
    }
    catch (error) {
        if ((0,_azure_missing_js__WEBPACK_IMPORTED_MODULE_3__/* .isNotFound */ .c)(error))
            return true;
        if (!(0,_azure_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isBusy */ .A5)(error) && !(0,_azure_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isTransient */ .dg)(error))
            throw error;
        report.info(`${error.message}; looking again`);
        return false;
    }
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

/***/ 79226:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ confirmation),
/* harmony export */   G: () => (/* binding */ checkWrite)
/* harmony export */ });
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9713);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1633);
/* harmony import */ var _plan_refusals_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(758);
/* harmony import */ var _plan_show_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(22270);




/**
 * Stops a write that Azure would refuse, and one that would take a live endpoint off the air unasked; then shows the plan.
 * @throws InputFaults at the lines that cannot work; Failure when `confirm` is needed
 */
async function checkWrite(workspace, spec, plan, live, confirmed) {
    const faults = (0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_2__/* .refusals */ .Ke)(spec, plan);
    if ((0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_2__/* .movesTraffic */ .GJ)(plan)) {
        const deployments = live ? await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__/* .listDeployments */ .Jn)(workspace, spec.name) : [];
        faults.push(...(0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_2__/* .deploymentFaults */ .RD)(spec, plan, deployments));
    }
    if (faults.length > 0)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .InputFaults */ .qv(faults);
    for (const line of (0,_plan_show_js__WEBPACK_IMPORTED_MODULE_3__/* .planLines */ .HN)(plan))
        workspace.report.info(line);
    const lost = (0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_2__/* .trafficLoss */ .xo)(spec, live);
    if (lost)
        await confirmed.orRefuse(spec.name, `takes all live traffic (${lost}) away from endpoint ${spec.name}`);
}
function confirmation(given, { confirm }) {
    return {
        async orRefuse(endpoint, consequence) {
            if (given === endpoint)
                return;
            if (confirm && (await confirm(`This ${consequence}.`, endpoint)))
                return;
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR(`this ${consequence}, and nobody confirmed it${given ? ` (confirm is "${given}")` : ''}`, {
                code: 'ConfirmationNeeded',
                nextStep: `Nothing was changed. Set \`confirm\` to ${endpoint} if this is what you want.`,
            });
        },
    };
}


/***/ }),

/***/ 758:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GJ: () => (/* binding */ movesTraffic),
/* harmony export */   Ke: () => (/* binding */ refusals),
/* harmony export */   RD: () => (/* binding */ deploymentFaults),
/* harmony export */   xo: () => (/* binding */ trafficLoss)
/* harmony export */ });
/* harmony import */ var _spec_traffic_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43906);
/* harmony import */ var _live_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16905);


/**
 * What Azure would refuse, or should not be asked to do: known from the plan alone.
 * Source: Microsoft Learn, "Safe rollout for online endpoints" and "CLI (v2) online endpoint YAML schema".
 */
function refusals(spec, plan) {
    if (plan.action !== 'update')
        return [];
    return plan.changes
        .filter(({ path }) => path === 'compute')
        .map(({ from, to }) => ({
        ...spec.positions.get('compute'),
        message: from === undefined || to === undefined
            ? 'Azure cannot turn a managed endpoint into a Kubernetes one; delete it first, or give it another name'
            : `Azure cannot move an endpoint from ${String(from)} to another compute; delete it first`,
    }));
}
/** Whether the plan gives weight to deployments, so that they have to be looked up. */
function movesTraffic(plan) {
    return plan.changes.some(({ path, to }) => /^(mirror_)?traffic\./.test(path) && to !== undefined);
}
/** Traffic to deployments that do not exist, or that have failed, each at its line. */
function deploymentFaults(spec, plan, deployments) {
    const states = new Map(deployments.map((deployment) => [(0,_live_js__WEBPACK_IMPORTED_MODULE_1__/* .liveName */ .Wg)(deployment), (0,_live_js__WEBPACK_IMPORTED_MODULE_1__/* .provisioningState */ .vl)(deployment)]));
    const exist = states.size > 0 ? `the endpoint has ${[...states.keys()].sort().join(', ')}` : 'the endpoint has none';
    return plan.changes.flatMap(({ path, to }) => {
        const [, key, name] = /^((?:mirror_)?traffic)\.(.+)$/.exec(path) ?? [];
        if (!key || !name || to === undefined)
            return [];
        const state = states.get(name);
        const at = spec.positions.get(path) ?? spec.positions.get(key);
        if (state === undefined) {
            const hint = plan.action === 'create' ? `; comment ${key} out until it does` : '';
            return [{ ...at, message: `${key} names deployment ${name}, which does not exist (${exist})${hint}` }];
        }
        if (state.toLowerCase() !== 'failed' && state.toLowerCase() !== 'deleting')
            return [];
        return [{ ...at, message: `${key} names deployment ${name}, which is ${state} and cannot serve` }];
    });
}
/** Says what would be lost when a live endpoint ends up without any traffic; `undefined` when nothing would be. */
function trafficLoss(spec, live) {
    const before = live ? (0,_live_js__WEBPACK_IMPORTED_MODULE_1__/* .liveTraffic */ .m8)(live) : {};
    if (!spec.traffic || (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_0__/* .trafficTotal */ .mQ)(spec.traffic) > 0 || (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_0__/* .trafficTotal */ .mQ)(before) === 0)
        return undefined;
    return (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTraffic */ .zM)(before);
}


/***/ }),

/***/ 22270:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HN: () => (/* binding */ planLines),
/* harmony export */   MM: () => (/* binding */ planHeadline),
/* harmony export */   _S: () => (/* binding */ sign),
/* harmony export */   iY: () => (/* binding */ planJson),
/* harmony export */   zu: () => (/* binding */ values)
/* harmony export */ });
const SIGNS = { create: '+', update: '~', none: ' ' };
/** A plan for people: the endpoint, then a line per field, aligned. */
function planLines(plan) {
    if (plan.action === 'none')
        return [`  ${plan.name}: no change`];
    const width = Math.max(0, ...plan.changes.map((change) => change.path.length));
    const what = plan.action === 'create' ? 'will be created' : 'will be updated';
    return [
        `${SIGNS[plan.action]} ${plan.name}: ${what}`,
        ...plan.changes.map((change) => `    ${sign(change)} ${change.path.padEnd(width)}  ${values(change)}`),
    ];
}
/** `2 to create, 1 to update, 3 without change`. */
function planHeadline(plans) {
    const count = (action) => plans.filter((plan) => plan.action === action).length;
    return `${count('create')} to create, ${count('update')} to update, ${count('none')} without change`;
}
/** A plan for machines. A value behind a placeholder stays out of it. */
function planJson(plans) {
    return JSON.stringify({
        endpoints: plans.map(({ name, action, changes }) => ({ name, action, changes: changes.map(publicChange) })),
    });
}
function sign(change) {
    if (change.from === undefined)
        return '+';
    return change.to === undefined ? '-' : '~';
}
/** `100 → 90`, or one side alone where the other is absent. */
function values(change) {
    if (change.placeholder !== undefined)
        return change.placeholder;
    return [change.from, change.to]
        .filter((value) => value !== undefined)
        .map(shown)
        .join(' → ');
}
function shown(value) {
    return typeof value === 'string' && /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value);
}
function publicChange(change) {
    const { path, placeholder } = change;
    if (placeholder !== undefined)
        return { path, placeholder };
    return { path, from: change.from ?? null, to: change.to ?? null };
}


/***/ })

};
