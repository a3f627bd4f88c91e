export const id = 543;
export const ids = [543];
export const modules = {

/***/ 18543:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   plan: () => (/* binding */ plan)
/* harmony export */ });
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8015);
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9713);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1633);
/* harmony import */ var _plan_changes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(38687);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(16905);
/* harmony import */ var _plan_refusals_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(758);
/* harmony import */ var _plan_show_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(22270);
/* harmony import */ var _desired_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7199);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(62424);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(94649);










/** Compares the YAML with Azure, field by field, and changes nothing. */
async function plan(config, deps) {
    const specs = await (0,_desired_js__WEBPACK_IMPORTED_MODULE_7__/* .desiredEndpoints */ .H)(config.request, deps);
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_9__/* .limitsFromNow */ .z)(deps, _limits_js__WEBPACK_IMPORTED_MODULE_9__/* .READING_TIME */ .t));
    const live = await liveEndpoints(workspace, specs);
    const plans = specs.map((spec) => (0,_plan_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .planEndpoint */ .l)(spec, live.get(spec.name), { location: '', workspaceId: workspace.id }));
    const faults = await planFaults(workspace, specs, plans);
    if (faults.length > 0)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_2__/* .InputFaults */ .qv(faults);
    const differs = plans.some(({ action }) => action !== 'none');
    return {
        endpoints: plans.map((each) => planned(each, live.get(each.name))),
        plans,
        answer: [...plans.flatMap(_plan_show_js__WEBPACK_IMPORTED_MODULE_6__/* .planLines */ .HN), '', (0,_plan_show_js__WEBPACK_IMPORTED_MODULE_6__/* .planHeadline */ .MM)(plans)].join('\n'),
        outputs: { plan: (0,_plan_show_js__WEBPACK_IMPORTED_MODULE_6__/* .planJson */ .iY)(plans), changed: String(differs) },
        exitCode: differs && config.failOnDrift ? 3 : 0,
    };
}
/** One GET for one endpoint; for several a listing, which costs one request for each page and not for each endpoint. */
async function liveEndpoints(workspace, specs) {
    const [only, ...others] = specs;
    if (!only)
        return new Map();
    if (others.length > 0)
        return byName(await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .listEndpoints */ .v9)(workspace));
    const live = await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .getEndpoint */ .yP)(workspace, only.name);
    return byName(live ? [live] : []);
}
function byName(endpoints) {
    return new Map(endpoints.map((endpoint) => [(0,_plan_live_js__WEBPACK_IMPORTED_MODULE_4__/* .liveName */ .Wg)(endpoint), endpoint]));
}
/** What the write would be refused for is told now, in the pull request, and not after the merge. */
async function planFaults(workspace, specs, plans) {
    const faults = [];
    for (const [index, spec] of specs.entries()) {
        const each = plans[index];
        faults.push(...(0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_5__/* .refusals */ .Ke)(spec, each));
        if (!(0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_5__/* .movesTraffic */ .GJ)(each))
            continue;
        const deployments = each.action === 'create' ? [] : await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .listDeployments */ .Jn)(workspace, spec.name);
        faults.push(...(0,_plan_refusals_js__WEBPACK_IMPORTED_MODULE_5__/* .deploymentFaults */ .RD)(spec, each, deployments));
    }
    return faults;
}
function planned({ name, action }, live) {
    const changed = action !== 'none';
    if (!live)
        return { name, status: 'succeeded', changed };
    return { ...(0,_result_js__WEBPACK_IMPORTED_MODULE_8__/* .resultOf */ .B)(live, changed), name };
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
