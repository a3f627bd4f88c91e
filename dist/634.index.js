export const id = 634;
export const ids = [634];
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

/***/ 35601:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ writeEndpoint)
/* harmony export */ });
/* unused harmony export settledEndpoint */
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9713);
/* harmony import */ var _azure_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16616);
/* harmony import */ var _azure_missing_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18667);
/* harmony import */ var _azure_wait_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5818);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1633);
/* harmony import */ var _plan_changes_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(38687);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(16905);
/* harmony import */ var _follow_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(35824);








/** How long Azure may go on showing the old endpoint after it has said that the write is done (azure-dev issue 3881). */
const READ_BACK = 3 * 60_000;
/** How long to look for the effect of a write whose answer was lost before it is sent again. */
const LOST_ANSWER = 15_000;
const MOST_LOST_ANSWERS = 5;
/**
 * Makes a live endpoint equal to its YAML: reads, merges, compares, writes, follows, and reads back until Azure shows it.
 * A write whose answer was lost is never repeated blindly: Azure is read again, and only what still differs is sent.
 * @throws Failure, ServiceError or ConnectionError; and whatever `check` throws, before anything was sent
 */
async function writeEndpoint(workspace, spec, guards) {
    const wait = (0,_azure_wait_js__WEBPACK_IMPORTED_MODULE_3__/* .startWait */ .A)(workspace, `write of endpoint ${spec.name}`);
    let first;
    let checked;
    for (let lost = 0;;) {
        const live = await settledEndpoint(workspace, spec.name);
        const plan = await planNow(workspace, spec, live);
        if (live && plan.action === 'none')
            return { live, changed: first !== undefined, plan: first ?? plan };
        // A plan that grew while another operation was waited for is a new one; once something may be sent, it is ours.
        if (lost === 0 && !sameChanges(plan, checked))
            await guards.check(plan, live);
        checked = plan;
        first ??= plan;
        const what = `${plan.action} of endpoint ${spec.name}`;
        const answer = await tryToPut(workspace, spec.name, plan);
        if (answer === 'busy') {
            await wait.pause('waiting for another operation to end', 5_000);
            continue;
        }
        if (answer instanceof Error) {
            if ((lost += 1) > MOST_LOST_ANSWERS)
                throw answer;
            workspace.report.warning(`${answer.message}; looking whether Azure took the ${what} all the same`);
            const seen = await shownWithin(workspace, spec, LOST_ANSWER);
            if (seen)
                return { live: seen, changed: true, plan: first };
            continue;
        }
        return { live: await finish(workspace, spec, answer, what, guards.journal), changed: true, plan: first };
    }
}
/** Waits while Azure is at work on the endpoint: it takes one write at a time. */
async function settledEndpoint(workspace, name) {
    const wait = (0,_azure_wait_js__WEBPACK_IMPORTED_MODULE_3__/* .startWait */ .A)(workspace, `waiting for endpoint ${name}`);
    for (;;) {
        const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__/* .getEndpoint */ .yP)(workspace, name);
        if (!live || (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .isSettled */ .Is)((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .provisioningState */ .vl)(live)))
            return live;
        await wait.pause((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .provisioningState */ .vl)(live));
    }
}
async function planNow(workspace, spec, live) {
    const location = live ? '' : await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__/* .workspaceLocation */ .bb)(workspace);
    return (0,_plan_changes_js__WEBPACK_IMPORTED_MODULE_5__/* .planEndpoint */ .l)(spec, live, { location, workspaceId: workspace.id });
}
async function tryToPut(workspace, name, plan) {
    try {
        return await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__/* .putEndpoint */ .Jr)(workspace, name, plan.body);
    }
    catch (error) {
        if ((0,_azure_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isBusy */ .A5)(error) || isNameBeingFreed(error))
            return 'busy';
        if ((0,_azure_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isTransient */ .dg)(error))
            return error;
        throw error;
    }
}
function sameChanges(a, b) {
    return a.action === b?.action && JSON.stringify(a.changes) === JSON.stringify(b.changes);
}
/** A name that was deleted moments ago answers 404 for a while (azure-cli-extensions issues 7660 and 7107). */
function isNameBeingFreed(error) {
    return (0,_azure_missing_js__WEBPACK_IMPORTED_MODULE_2__/* .isNotFound */ .c)(error) && /^(NotFound|InferencingClientCallFailed)$/i.test(error.code);
}
async function finish(workspace, spec, answer, what, journal) {
    await (0,_follow_js__WEBPACK_IMPORTED_MODULE_7__/* .followInJournal */ .u)(workspace, answer, { endpoint: spec.name, what }, journal);
    const live = await shownWithin(workspace, spec, READ_BACK);
    if (live)
        return live;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_4__/* .Failure */ .HR(`Azure reports the ${what} as done but does not show it`, {
        requestId: answer.requestId,
        nextStep: 'Something else may have written at the same time; compare with operation `plan` and run again.',
    });
}
/** Reads until Azure shows what the YAML wants; `undefined` when it does not within the time. */
async function shownWithin(workspace, spec, patience) {
    const wait = (0,_azure_wait_js__WEBPACK_IMPORTED_MODULE_3__/* .startWait */ .A)(workspace, `reading endpoint ${spec.name} back`);
    for (;;) {
        const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_0__/* .getEndpoint */ .yP)(workspace, spec.name);
        const state = live ? (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .provisioningState */ .vl)(live) : 'not visible yet';
        const settled = live !== undefined && (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_6__/* .isSettled */ .Is)(state);
        if (settled && (await planNow(workspace, spec, live)).action === 'none')
            return live;
        // Azure at work means that the write arrived; its end is worth any wait within the deadline.
        if ((settled || !live) && wait.elapsed() >= patience)
            return undefined;
        await wait.pause(settled ? 'Azure still shows the old state' : state);
    }
}


/***/ }),

/***/ 83493:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ writtenOutcome)
/* harmony export */ });
/* harmony import */ var _plan_show_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22270);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(94649);


/** The outcome of operations that write endpoints. */
function writtenOutcome(written, failures) {
    const plans = written.map(({ plan }) => plan);
    return {
        endpoints: written.map(({ live, changed }) => (0,_result_js__WEBPACK_IMPORTED_MODULE_1__/* .resultOf */ .B)(live, changed)),
        plans,
        answer: written.map(({ plan, changed }) => `${plan.name}: ${changed ? done(plan.action) : 'no change'}`).join('\n'),
        outputs: { plan: (0,_plan_show_js__WEBPACK_IMPORTED_MODULE_0__/* .planJson */ .iY)(plans) },
        failures,
        exitCode: failures.length > 0 ? 1 : 0,
    };
}
function done(action) {
    return action === 'create' ? 'created' : 'updated';
}


/***/ }),

/***/ 38687:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ planEndpoint)
});

// EXTERNAL MODULE: ./src/spec/traffic.ts
var traffic = __webpack_require__(43906);
// EXTERNAL MODULE: ./src/plan/json.ts
var json = __webpack_require__(82877);
// EXTERNAL MODULE: ./src/plan/live.ts
var plan_live = __webpack_require__(16905);
;// CONCATENATED MODULE: ./src/plan/desired.ts



/** Properties that Azure sets and that a write must not carry. */
const READ_ONLY_PROPERTIES = ['provisioningState', 'scoringUri', 'swaggerUri', 'keys'];
/**
 * The body of a PUT that creates the endpoint.
 * Identity and authentication mode get the defaults of `az ml` when the YAML does not name them.
 */
function createBody(spec, around) {
    const nothing = {
        location: around.location,
        identity: { type: 'SystemAssigned' },
        properties: { authMode: 'Key' },
    };
    return mergedBody(spec, nothing, around);
}
/**
 * The body of a PUT that brings a live endpoint to its YAML. A PUT replaces the whole endpoint, so the body starts from
 * what is live and carries all that the YAML does not name.
 */
function mergedBody(spec, live, around) {
    const properties = (0,json/* objectAt */.lJ)(live, 'properties');
    return withoutUndefined({
        location: (0,json/* textAt */.$6)(live, 'location') ?? around.location,
        kind: live['kind'],
        sku: live['sku'],
        tags: mergedTags((0,json/* objectAt */.lJ)(live, 'tags'), spec.tags ?? {}),
        identity: spec.identity ? identityBody(spec.identity) : writableIdentity((0,json/* objectAt */.lJ)(live, 'identity')),
        properties: withoutUndefined({
            ...Object.fromEntries(Object.entries(properties).filter(([key]) => !READ_ONLY_PROPERTIES.includes(key))),
            authMode: spec.authMode ?? properties['authMode'],
            description: spec.description ?? properties['description'],
            compute: spec.compute === undefined ? properties['compute'] : computeId(spec.compute, around),
            publicNetworkAccess: spec.publicNetworkAccess ?? properties['publicNetworkAccess'],
            properties: { ...(0,json/* objectAt */.lJ)(properties, 'properties'), ...spec.properties },
            traffic: (0,traffic/* canonicalTraffic */.ad)(spec.traffic ?? (0,plan_live/* liveTraffic */.m8)(live)),
            mirrorTraffic: (0,traffic/* canonicalTraffic */.ad)(spec.mirrorTraffic ?? (0,plan_live/* liveMirrorTraffic */.p)(live)),
        }),
    });
}
/** The ARM id of a Kubernetes compute, which YAML gives as `azureml:name`, as a name or as an id. */
function computeId(compute, around) {
    const name = compute.replace(/^azureml:/i, '');
    return name.startsWith('/') ? name : `${around.workspaceId}/computes/${name}`;
}
/** `null` removes a tag. A tag that is there under another case keeps its spelling: Azure compares names without case. */
function mergedTags(live, wanted) {
    const tags = new Map(Object.entries(live));
    for (const [name, value] of Object.entries(wanted)) {
        if (isReservedTag(name))
            continue;
        const present = [...tags.keys()].find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
        if (value === null)
            tags.delete(present);
        else
            tags.set(present, value);
    }
    return Object.fromEntries(tags);
}
/** Tags that carry the state of a rollout: never compared, never removed by a YAML. */
function isReservedTag(name) {
    return name.toLowerCase().startsWith('aml-rollout');
}
function identityBody(identity) {
    const assigned = identity.userAssigned;
    if (assigned.length === 0)
        return { type: identity.type };
    return { type: identity.type, userAssignedIdentities: Object.fromEntries(assigned.map((id) => [id, {}])) };
}
/** A live identity without the ids that Azure made for it. */
function writableIdentity(identity) {
    const type = (0,json/* textAt */.$6)(identity, 'type');
    if (!type)
        return undefined;
    const assigned = identity['userAssignedIdentities'];
    if (!(0,json/* isObject */.Gv)(assigned))
        return { type };
    return { type, userAssignedIdentities: Object.fromEntries(Object.keys(assigned).map((id) => [id, {}])) };
}
function withoutUndefined(record) {
    return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

;// CONCATENATED MODULE: ./src/plan/changes.ts



/**
 * Compares an endpoint's YAML with what is live, field by field.
 * @param live what Azure has, or `undefined` when the endpoint is not there
 */
function planEndpoint(spec, live, around) {
    const body = live ? mergedBody(spec, live, around) : createBody(spec, around);
    const changes = [...fieldChanges(live, body), ...stateChange(live)].map((change) => changes_hidden(change, spec));
    const action = !live ? 'create' : changes.length > 0 ? 'update' : 'none';
    return { name: spec.name, action, changes, body };
}
/** An endpoint that Azure gave up on needs another write even where every field is as the YAML wants it. */
function stateChange(live) {
    const state = live && (0,plan_live/* provisioningState */.vl)(live);
    if (!state || !(0,plan_live/* isSettled */.Is)(state) || state.toLowerCase() === 'succeeded')
        return [];
    return [{ path: 'provisioning_state', from: state, to: 'Succeeded' }];
}
function fieldChanges(live, body) {
    const before = live ? fields(live) : new Map();
    const after = fields(body);
    const paths = [...new Set([...before.keys(), ...after.keys()])];
    return paths.flatMap((path) => {
        const from = before.get(path);
        const to = after.get(path);
        if (sameValue(path, from, to))
            return [];
        return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
    });
}
/**
 * The comparable fields of an endpoint in canonical form: YAML names, no weights of zero, no server-made values, and
 * Azure's defaults where nothing is said.
 */
function fields(endpoint) {
    const properties = (0,json/* objectAt */.lJ)(endpoint, 'properties');
    const result = new Map();
    const put = (path, value) => {
        if (value !== undefined && value !== null && value !== '')
            result.set(path, value);
    };
    put('auth_mode', properties['authMode']);
    put('description', properties['description']);
    put('compute', properties['compute']);
    put('public_network_access', properties['publicNetworkAccess']);
    const identity = (0,json/* objectAt */.lJ)(endpoint, 'identity');
    put('identity.type', (0,json/* textAt */.$6)(identity, 'type')?.replace(/\s/g, ''));
    const assigned = identity['userAssignedIdentities'];
    if ((0,json/* isObject */.Gv)(assigned))
        put('identity.user_assigned_identities', Object.keys(assigned).sort());
    for (const [name, value] of Object.entries((0,json/* objectAt */.lJ)(endpoint, 'tags'))) {
        if (!isReservedTag(name))
            put(`tags.${name}`, value);
    }
    for (const [name, value] of Object.entries((0,json/* objectAt */.lJ)(properties, 'properties')))
        put(`properties.${name}`, value);
    for (const [name, weight] of Object.entries((0,plan_live/* liveTraffic */.m8)(endpoint)))
        put(`traffic.${name}`, weight);
    for (const [name, weight] of Object.entries((0,plan_live/* liveMirrorTraffic */.p)(endpoint)))
        put(`mirror_traffic.${name}`, weight);
    return result;
}
/** Paths whose values Azure may spell back in another case. */
const CASELESS = [
    'auth_mode',
    'compute',
    'public_network_access',
    'identity.type',
    'identity.user_assigned_identities',
];
function sameValue(path, a, b) {
    const spelled = (value) => {
        const text = JSON.stringify(value) ?? '';
        return CASELESS.includes(path) ? text.toLowerCase() : text;
    };
    return spelled(a) === spelled(b);
}
function changes_hidden(change, spec) {
    const path = change.path.toLowerCase();
    const placeholder = [...spec.placeholders].find(([written]) => {
        const key = written.toLowerCase();
        return key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[`);
    });
    return placeholder ? { ...change, placeholder: placeholder[1] } : change;
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
