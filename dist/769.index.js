export const id = 769;
export const ids = [769];
export const modules = {

/***/ 16616:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A5: () => (/* binding */ isBusy),
/* harmony export */   O2: () => (/* binding */ isUntouched),
/* harmony export */   Rc: () => (/* binding */ ConnectionError),
/* harmony export */   YR: () => (/* binding */ isTrustProblem),
/* harmony export */   Yi: () => (/* binding */ errorWords),
/* harmony export */   _7: () => (/* binding */ ServiceError),
/* harmony export */   dg: () => (/* binding */ isTransient)
/* harmony export */ });
/* harmony import */ var _plan_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82877);

/** An answer that says no, with all that helps to find out why. */
class ServiceError extends Error {
    status;
    /** The service's code, such as `AuthorizationFailed`; `HTTP 502` where the answer had none. */
    code;
    /** The service's own words. */
    serviceMessage;
    /** `PUT onlineEndpoints/iris` */
    request;
    requestId;
    /** Milliseconds that the service asked to wait. */
    retryAfter;
    constructor(answer) {
        const { code, message } = errorWords(answer.body) ?? { code: `HTTP ${answer.status}`, message: '' };
        super(`${answer.request}: ${code}${message ? `: ${message}` : ''}`);
        this.name = 'ServiceError';
        this.status = answer.status;
        this.code = code;
        this.serviceMessage = message;
        this.request = answer.request;
        this.requestId = answer.requestId;
        this.retryAfter = answer.retryAfter;
    }
}
/** No answer, or only a part of one. */
class ConnectionError extends Error {
    /** Node's or OpenSSL's code: `ECONNRESET`, `CERT_HAS_EXPIRED`, … */
    code;
    request;
    /** Whether the service may have acted on the request. */
    mayHaveArrived;
    constructor(request, code, message, cause) {
        super(`${request}: ${message}`, { cause });
        this.name = 'ConnectionError';
        this.code = code;
        this.request = request;
        this.mayHaveArrived = !NEVER_SENT.includes(code) && !isTrustProblem(code);
    }
}
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
/** Certificates do not mend themselves within a retry. */
function isTrustProblem(code) {
    return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code);
}
/**
 * Code and message of an error body: `{error: {code, message, details}}` from ARM, `{error, error_description}` from
 * Entra, `{code, message}` from operations. `undefined` where the body is none of these.
 */
function errorWords(body) {
    if (!(0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(body))
        return undefined;
    if (typeof body['error'] === 'string') {
        return { code: body['error'], message: (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(body, 'error_description') ?? '' };
    }
    const error = (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(body['error']) ? (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectAt */ .lJ)(body, 'error') : body;
    const code = (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(error, 'code');
    if (!code)
        return undefined;
    const details = Array.isArray(error['details']) ? error['details'].filter(_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv) : [];
    const words = [(0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(error, 'message'), ...details.map((detail) => (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(detail, 'message'))];
    return { code, message: [...new Set(words.filter((word) => word !== undefined))].map(oneLine).join(' · ') };
}
function oneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}
/** Whether the same request may succeed a little later. */
function isTransient(error) {
    if (error instanceof ConnectionError)
        return !isTrustProblem(error.code);
    return error instanceof ServiceError && (error.status === 408 || error.status === 429 || error.status >= 500);
}
/** Whether the service surely did nothing, so that even a write can be sent again. */
function isUntouched(error) {
    if (error instanceof ConnectionError)
        return !error.mayHaveArrived;
    return error instanceof ServiceError && error.status === 429;
}
/**
 * Whether another operation is still at work on the resource. Azure says so with 409, or with 400 and a sentence such as
 * "because it is in Updating provisioning state" (azure-sdk-for-net issue 36961).
 */
function isBusy(error) {
    return (error instanceof ServiceError &&
        (error.status === 409 || (error.status === 400 && /provisioning state/i.test(error.serviceMessage))));
}


/***/ }),

/***/ 97840:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 };
/**
 * Milliseconds in a duration such as `90s`, `30m` or `2h`; `undefined` for any other text.
 * Without a unit nothing is guessed: `90` could be seconds or minutes.
 */
function parseDuration(text) {
    const match = /^(\d{1,6})([smh])$/.exec(text.trim());
    return match ? Number(match[1]) * UNITS[match[2]] : undefined;
}
/** A duration for people: `45 s`, `3 min 20 s`, `1 h 5 min`. */
function formatDuration(milliseconds) {
    const seconds = Math.round(milliseconds / 1_000);
    if (seconds < 60)
        return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60)
        return withRest(`${minutes} min`, seconds % 60, 's');
    return withRest(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}
function withRest(whole, rest, unit) {
    return rest ? `${whole} ${rest} ${unit}` : whole;
}


/***/ }),

/***/ 64389:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O$: () => (/* binding */ inputDefinition),
/* harmony export */   Qh: () => (/* binding */ INPUT_NAMES),
/* harmony export */   wp: () => (/* binding */ isInputName)
/* harmony export */ });
/* unused harmony export INPUTS */
const DESIRED = ['validate', 'plan', 'create', 'update', 'apply'];
const WRITING = ['create', 'update', 'apply', 'regenerate-keys', 'delete'];
const AZURE = [
    'plan',
    'create',
    'update',
    'apply',
    'show',
    'list',
    'url',
    'token',
    'invoke',
    'regenerate-keys',
    'delete',
];
const ALL = ['validate', ...AZURE];
/** The one table of inputs. A contract test holds `action.yml`, the README and `--help` to it. */
const INPUTS = {
    operation: {
        description: 'What to do: `validate`, `plan`, `create`, `update`, `apply`, `show`, `list`, `url`, `token`, `invoke`, `regenerate-keys` or `delete`. Required.',
        placeholder: 'OPERATION',
        operations: ALL,
    },
    endpoint: {
        description: 'Name of the endpoint. Where an operation takes several: names separated by commas or lines, globs such as `iris-*`, or `*` for all. Required, except for `validate`, `plan` and `list`, which then take all.',
        placeholder: 'NAME',
        operations: ALL,
    },
    'endpoints-dir': {
        description: 'Folder with one YAML file per endpoint, relative to the workspace.',
        default: 'endpoints',
        placeholder: 'FOLDER',
        operations: DESIRED,
    },
    deployment: {
        description: 'Deployment to call, past the traffic split.',
        placeholder: 'NAME',
        operations: ['invoke'],
    },
    traffic: {
        description: 'Live traffic in percent, such as `blue=90 green=10`. Stands in for `traffic` of the YAML of one endpoint.',
        placeholder: 'SPLIT',
        operations: DESIRED,
    },
    'mirror-traffic': {
        description: 'Mirrored traffic in percent, such as `green=10`. Stands in for `mirror_traffic` of the YAML of one endpoint.',
        placeholder: 'SPLIT',
        operations: DESIRED,
    },
    set: {
        description: 'Values that stand in for those of the YAML of one endpoint, one `path=value` a line, such as `tags.owner=ml`.',
        placeholder: 'PATH=VALUE',
        operations: DESIRED,
    },
    'subscription-id': {
        description: 'Azure subscription of the workspace.',
        placeholder: 'ID',
        variable: 'AZURE_SUBSCRIPTION_ID',
        operations: AZURE,
    },
    'resource-group': {
        description: 'Resource group of the workspace.',
        placeholder: 'NAME',
        variable: 'AZURE_RESOURCE_GROUP',
        operations: AZURE,
    },
    'workspace-name': {
        description: 'Azure Machine Learning workspace.',
        placeholder: 'NAME',
        variable: 'AZURE_ML_WORKSPACE',
        operations: AZURE,
    },
    'tenant-id': {
        description: 'Microsoft Entra tenant to sign in to. With `client-id`: sign in with a GitHub ID token, or with `AZURE_CLIENT_SECRET` when that is set.',
        placeholder: 'ID',
        variable: 'AZURE_TENANT_ID',
        operations: AZURE,
    },
    'client-id': {
        description: 'Application (client) ID to sign in as. Needs `tenant-id`. Without both, the login of `azure/login` or `az` is used, else a managed or workload identity.',
        placeholder: 'ID',
        variable: 'AZURE_CLIENT_ID',
        operations: AZURE,
    },
    cloud: {
        description: '`AzureCloud`, `AzureUSGovernment` or `AzureChinaCloud`.',
        default: 'AzureCloud',
        placeholder: 'CLOUD',
        operations: AZURE,
    },
    'resource-manager-endpoint': {
        description: 'URL of Azure Resource Manager where it is not the one of the cloud. Must be `https`.',
        placeholder: 'URL',
        variable: 'AZURE_RESOURCE_MANAGER_ENDPOINT',
        operations: AZURE,
    },
    'api-version': {
        description: 'Version of the Azure Machine Learning API. Versions that lose `mirror_traffic` (`2022-05-01`, `2022-10-01`) are refused.',
        default: '2024-10-01',
        placeholder: 'VERSION',
        operations: AZURE,
    },
    'request-file': {
        description: 'File to send as the body of the request; JSON unless its name says otherwise. Required for `invoke`.',
        placeholder: 'FILE',
        operations: ['invoke'],
    },
    'expect-status': {
        description: 'HTTP status that the endpoint has to answer with.',
        default: '200',
        placeholder: 'STATUS',
        operations: ['invoke'],
    },
    key: {
        description: 'Which key of an endpoint with key authentication: `primary` or `secondary`.',
        default: 'primary',
        placeholder: 'KEY',
        operations: ['token', 'invoke', 'regenerate-keys'],
    },
    confirm: {
        description: 'Name of the endpoint, to confirm that all its live traffic may go: needed to delete an endpoint with live traffic and to set its traffic to nothing.',
        placeholder: 'NAME',
        operations: ['update', 'apply', 'delete'],
    },
    timeout: {
        description: 'How long to wait for Azure, per endpoint: `90s`, `30m`, `2h`.',
        default: '60m',
        placeholder: 'DURATION',
        operations: [...WRITING, 'invoke'],
    },
    'max-concurrency': {
        description: 'How many endpoints are worked on at the same time.',
        default: '4',
        placeholder: 'COUNT',
        operations: ['update', 'apply'],
    },
    'fail-on-drift': {
        description: '`true` makes `plan` fail (exit code 3) when Azure differs from the YAML.',
        default: 'false',
        placeholder: 'BOOLEAN',
        operations: ['plan'],
    },
};
const INPUT_NAMES = Object.keys(INPUTS);
function inputDefinition(name) {
    return INPUTS[name];
}
function isInputName(name) {
    return Object.hasOwn(INPUTS, name);
}


/***/ }),

/***/ 95890:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ isOperation),
/* harmony export */   x: () => (/* binding */ OPERATIONS)
/* harmony export */ });
/** Every operation, in the order of an endpoint's life. The same words are sub-commands of the command line. */
const OPERATIONS = {
    validate: 'Read the YAML offline and report every fault with file, line and column',
    plan: 'Compare the YAML with Azure, field by field; change nothing',
    create: 'Make the endpoint from its YAML; an error if it is there already',
    update: 'Bring the live endpoint to its YAML at once; an error if it is not there',
    apply: 'Create or update the endpoint; send nothing when nothing differs',
    show: 'Show the state of an endpoint and its deployments',
    list: 'List the endpoints of the workspace',
    url: 'Print the scoring URL',
    token: 'Print the key or token that callers send (in a workflow: a masked output)',
    invoke: 'Send a request file to the endpoint, or to one deployment, and check the answer',
    'regenerate-keys': 'Rotate the primary or secondary key',
    delete: 'Delete the endpoint with its deployments, and wait until it is gone',
};
function isOperation(word) {
    return Object.hasOwn(OPERATIONS, word);
}


/***/ }),

/***/ 1633:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   qv: () => (/* binding */ InputFaults),
/* harmony export */   z9: () => (/* binding */ faultLine)
/* harmony export */ });
/** Inputs or files that cannot be worked with. All faults are collected before it is thrown; nothing was sent. */
class InputFaults extends Error {
    faults;
    constructor(faults) {
        super(faults.map(faultLine).join('\n'));
        this.name = 'InputFaults';
        this.faults = faults;
    }
}
/** An operation that failed after the input was found good. */
class Failure extends Error {
    details;
    constructor(message, details = {}) {
        super(message, { cause: details.cause });
        this.name = 'Failure';
        this.details = details;
    }
}
/** `file:line:column: message`, as compilers write it, so that editors and terminals link it. */
function faultLine(fault) {
    const place = [fault.file, fault.line, fault.column].filter((part) => part !== undefined).join(':');
    return place ? `${place}: ${fault.message}` : fault.message;
}


/***/ }),

/***/ 82237:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ hostClock),
/* harmony export */   q: () => (/* binding */ hostFiles)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_1__);


/** The machine's own file system, seen from the working directory. */
const hostFiles = {
    async list(folder) {
        try {
            const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true });
            // A link to a file is a file to its owner; whatever else it leads to shows when it is read.
            return entries
                .filter((entry) => entry.isFile() || entry.isSymbolicLink())
                .map((entry) => entry.name)
                .sort();
        }
        catch (error) {
            const code = error.code;
            if (code === 'ENOENT' || code === 'ENOTDIR')
                return undefined;
            throw error;
        }
    },
    async read(path, limit) {
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path);
        try {
            const buffer = Buffer.alloc(Math.min(limit, (await file.stat()).size) + 1);
            let length = 0;
            for (;;) {
                const { bytesRead } = await file.read(buffer, length, buffer.length - length);
                length += bytesRead;
                if (bytesRead === 0 || length === buffer.length)
                    return buffer.subarray(0, length);
            }
        }
        finally {
            await file.close();
        }
    },
};
const hostClock = {
    now: Date.now,
    random: Math.random,
    async sleep(milliseconds, signal) {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(milliseconds, undefined, { signal });
        }
        catch {
            signal.throwIfAborted();
        }
    },
};


/***/ }),

/***/ 82588:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ journal)
/* harmony export */ });
/** A journal in memory. @param changed told of each change, so that a face can keep it beyond the process */
function journal(changed = () => { }) {
    const entries = new Map();
    return {
        begin(entry) {
            entries.set(entry.endpoint, entry);
            changed([...entries.values()]);
        },
        end(endpoint) {
            if (entries.delete(endpoint))
                changed([...entries.values()]);
        },
        open: () => [...entries.values()],
    };
}


/***/ }),

/***/ 82877:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   lJ: () => (/* binding */ objectAt)
/* harmony export */ });
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The object at `key`, or an empty one. */
function objectAt(parent, key) {
    const value = parent[key];
    return isObject(value) ? value : {};
}
/** The text at `key`, or `undefined` when there is none. */
function textAt(parent, key) {
    const value = parent[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
}


/***/ }),

/***/ 5949:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ reasonOf),
/* harmony export */   k: () => (/* binding */ reportProblem)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1633);

/** Shows an error the way a person needs it, and says which exit code it deserves. */
function reportProblem(error, report) {
    if (error instanceof _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .InputFaults */ .qv) {
        for (const { message, ...at } of error.faults)
            report.error(message, at);
        return 2;
    }
    if (error instanceof _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR) {
        report.error(failureText(error), error.details.at);
        return error.details.exitCode ?? 1;
    }
    report.error(`unexpected: ${messageOf(error)}\n  next step: this is a fault of the action itself; please report it`);
    if (error instanceof Error && error.stack)
        report.debug(error.stack);
    return 1;
}
/** What failed, the service's code, the request, its id and one next step: a line each. */
function failureText({ message, details }) {
    const { code, request, requestId, nextStep } = details;
    return [
        message,
        code && `  code: ${code}`,
        request && `  request: ${request}`,
        requestId && `  request id: ${requestId}`,
        nextStep && `  next step: ${nextStep}`,
    ]
        .filter(Boolean)
        .join('\n');
}
/** The same in one line, for an output. */
function reasonOf(error) {
    if (error instanceof _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .InputFaults */ .qv) {
        const [first, ...others] = error.faults.map(_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .faultLine */ .z9);
        return `${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
    }
    const code = error instanceof _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR && error.details.code ? ` (${error.details.code})` : '';
    return `${messageOf(error)}${code}`.replace(/\s+/g, ' ');
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 27079:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ redaction)
/* harmony export */ });
/** Shorter values would black out ordinary words. */
const SHORTEST_SECRET = 6;
function redaction() {
    const secrets = new Set();
    return {
        add(secret) {
            // The runner masks each line of a secret; so do we.
            for (const line of [secret, ...secret.split(/\r?\n/)]) {
                if (line.trim().length >= SHORTEST_SECRET)
                    secrets.add(line.trim());
            }
        },
        apply(text) {
            let clean = text;
            for (const secret of secrets)
                clean = clean.replaceAll(secret, '***');
            return clean;
        },
    };
}


/***/ }),

/***/ 14569:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/azure/errors.ts
var errors = __webpack_require__(16616);
;// CONCATENATED MODULE: ./src/azure/permissions.ts
/**
 * Built-in roles that have an action, the smallest first.
 * Source: Microsoft Learn, "Authenticate and authorize for online endpoints" and "Azure built-in roles for AI + machine
 * learning".
 */
const ROLES = [
    [/\/onlineendpoints\/score\/action$/i, 'AzureML Data Scientist'],
    [/microsoft\.machinelearningservices\/workspaces\/(onlineendpoints|computes)\b/i, 'AzureML Data Scientist'],
    [/microsoft\.machinelearningservices\/.*\/read$/i, 'Reader'],
    [/microsoft\.insights\/metrics/i, 'Monitoring Reader'],
];
/** Reads the sentence of ARM's `AuthorizationFailed`; `undefined` for a 403 of another kind, such as a policy's. */
function missingPermission(message) {
    const action = /perform action '([^']+)'/i.exec(message)?.[1];
    if (!action)
        return undefined;
    const role = ROLES.find(([pattern]) => pattern.test(action))?.[1] ?? 'Contributor';
    return { action, scope: /over scope '([^']+)'/i.exec(message)?.[1], role };
}

;// CONCATENATED MODULE: ./src/azure/explain.ts



/**
 * Says what an answer of Azure means and what to do about it.
 * @returns the error itself when it is not Azure's
 */
function explain(error, target) {
    if (error instanceof errors/* ServiceError */._7)
        return explainAnswer(error, target);
    if (error instanceof errors/* ConnectionError */.Rc)
        return explainSilence(error);
    return error;
}
function explainAnswer(error, target) {
    const { message, nextStep } = meaning(error, target);
    return new failure/* Failure */.HR(message, {
        code: error.code,
        request: error.request,
        requestId: error.requestId,
        nextStep,
        cause: error,
    });
}
function meaning(error, target) {
    const words = error.serviceMessage || `Azure answered HTTP ${error.status}`;
    if (isNameTaken(error)) {
        return {
            message: `the name is taken by somebody else in this region: ${words}`,
            nextStep: 'Endpoint names are unique in an Azure region over all subscriptions; choose another one.',
        };
    }
    switch (error.status) {
        case 401:
            return {
                message: words,
                nextStep: 'Check `tenant-id`, `cloud` and `resource-manager-endpoint`: Azure does not take this sign-in.',
            };
        case 403:
            return forbidden(words);
        case 404:
            return missing(error, words, target);
        case 409:
            return {
                message: words,
                nextStep: 'Another operation is at work on this endpoint; run again when it has ended.',
            };
        case 429:
            return { message: words, nextStep: 'Azure limits the rate of requests; run again in a few minutes.' };
        default:
            return error.status >= 500
                ? {
                    message: words,
                    nextStep: 'Azure is in trouble; run again. If it stays, give Microsoft support the request id.',
                }
                : { message: words, nextStep: 'Change what Azure refuses and run again; nothing was changed.' };
    }
}
/** Source: mlops-project-template issue 29 (the sentence). */
function isNameTaken(error) {
    return /needs? to be unique within a region|already an endpoint with this name/i.test(error.serviceMessage);
}
function forbidden(words) {
    const permission = missingPermission(words);
    if (!permission)
        return { message: words, nextStep: 'Ask who governs the subscription: a policy or a network rule refuses this.' };
    const scope = permission.scope ? ` on ${permission.scope}` : '';
    return {
        message: `the signed-in identity lacks ${permission.action}: ${words}`,
        nextStep: `Grant it the role "${permission.role}"${scope}, then wait a few minutes for it to take effect.`,
    };
}
function missing(error, words, target) {
    if (error.code.toLowerCase().includes('subscription')) {
        return {
            message: words,
            nextStep: 'Check `subscription-id` and `cloud`, and that the signed-in identity has a role in the subscription.',
        };
    }
    return {
        message: `workspace ${target.workspaceName} is not in resource group ${target.resourceGroup}: ${words}`,
        nextStep: 'Check `workspace-name`, `resource-group` and `subscription-id`.',
    };
}
function explainSilence(error) {
    const nextStep = (0,errors/* isTrustProblem */.YR)(error.code)
        ? 'The certificate is not trusted. Behind a proxy that inspects TLS, name its authority in NODE_EXTRA_CA_CERTS.'
        : ['ENOTFOUND', 'EAI_AGAIN'].includes(error.code)
            ? 'The host name does not resolve. Check `cloud`, `resource-manager-endpoint` and the network of the runner.'
            : 'Check the network of the runner, HTTPS_PROXY and NO_PROXY, then run again.';
    return new failure/* Failure */.HR(error.message, { code: error.code, nextStep, cause: error });
}

// EXTERNAL MODULE: ./src/spec/override.ts
var override = __webpack_require__(70855);
// EXTERNAL MODULE: ./src/spec/names.ts
var names = __webpack_require__(49891);
// EXTERNAL MODULE: ./src/spec/traffic.ts
var traffic = __webpack_require__(43906);
// EXTERNAL MODULE: ./src/config/inputs.ts
var config_inputs = __webpack_require__(64389);
// EXTERNAL MODULE: ./src/config/operations.ts
var operations = __webpack_require__(95890);
// EXTERNAL MODULE: ./src/config/duration.ts
var duration = __webpack_require__(97840);
;// CONCATENATED MODULE: ./src/config/read.ts


function inputReader(raw, env) {
    const faults = [];
    const fault = (name, problem) => {
        faults.push({ message: `input ${name} ${problem}` });
    };
    const text = (name) => {
        const { variable, default: fallback } = (0,config_inputs/* inputDefinition */.O$)(name);
        return raw(name).trim() || (variable && env[variable]?.trim()) || fallback || '';
    };
    return {
        faults,
        fault,
        text,
        required(name) {
            const value = text(name);
            if (!value)
                fault(name, `is missing${orVariable(name)}`);
            return value;
        },
        lines(name) {
            return raw(name)
                .split(/\r?\n/)
                .map((line) => line.trim())
                .filter((line) => line !== '');
        },
        oneOf(name, allowed) {
            const value = text(name);
            const match = allowed.find((word) => word.toLowerCase() === value.toLowerCase());
            if (!match)
                fault(name, `is "${value}"; allowed: ${allowed.join(', ')}`);
            return match ?? allowed[0];
        },
        boolean(name) {
            const value = text(name).toLowerCase();
            if (value !== 'true' && value !== 'false')
                fault(name, `is "${value}"; allowed: true, false`);
            return value === 'true';
        },
        duration(name) {
            const value = text(name);
            const milliseconds = (0,duration/* parseDuration */.E)(value);
            if (!milliseconds)
                fault(name, `is "${value}"; allowed: a duration above zero such as 90s, 30m or 2h`);
            return milliseconds ?? 0;
        },
        integer(name, min, max) {
            const value = text(name);
            const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
            if (!(number >= min && number <= max))
                fault(name, `is "${value}"; allowed: a whole number from ${min} to ${max}`);
            return number;
        },
    };
}
function orVariable(name) {
    const { variable } = (0,config_inputs/* inputDefinition */.O$)(name);
    return variable ? `; give it or set ${variable}` : '';
}

;// CONCATENATED MODULE: ./src/config/cloud.ts
/**
 * Addresses of the public and the sovereign clouds.
 * Sources: azure-ai-ml `_azure_environments.py` (resource manager, authority, machine learning), Azure/login `README.md`
 * (ID-token audiences).
 */
const CLOUDS = {
    AzureCloud: {
        resourceManager: 'https://management.azure.com',
        authority: 'https://login.microsoftonline.com',
        machineLearning: 'https://ml.azure.com',
        idTokenAudience: 'api://AzureADTokenExchange',
    },
    AzureUSGovernment: {
        resourceManager: 'https://management.usgovcloudapi.net',
        authority: 'https://login.microsoftonline.us',
        machineLearning: 'https://ml.azure.us',
        idTokenAudience: 'api://AzureADTokenExchangeUSGov',
    },
    AzureChinaCloud: {
        resourceManager: 'https://management.chinacloudapi.cn',
        authority: 'https://login.chinacloudapi.cn',
        machineLearning: 'https://ml.azure.cn',
        idTokenAudience: 'api://AzureADTokenExchangeChina',
    },
};

;// CONCATENATED MODULE: ./src/config/target.ts

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * API versions whose models have no `mirrorTraffic`: a write through them ends mirroring without a word.
 * Source: azure-rest-api-specs, machinelearningservices, `2022-05-01` and `2022-10-01`.
 */
const LOSSY_API_VERSIONS = ['2022-05-01', '2022-10-01'];
function readTarget(inputs, env) {
    const subscriptionId = inputs.required('subscription-id');
    if (subscriptionId && !GUID.test(subscriptionId))
        inputs.fault('subscription-id', 'is not a subscription id (a GUID)');
    const tenantId = inputs.text('tenant-id') || undefined;
    const clientId = inputs.text('client-id') || undefined;
    if (clientId && !tenantId)
        inputs.fault('tenant-id', 'is missing; client-id needs it (or set AZURE_TENANT_ID)');
    return {
        subscriptionId,
        resourceGroup: inputs.required('resource-group'),
        workspaceName: inputs.required('workspace-name'),
        tenantId,
        clientId,
        cloud: readCloud(inputs, env),
        apiVersion: readApiVersion(inputs),
    };
}
function readCloud(inputs, env) {
    const name = inputs.oneOf('cloud', Object.keys(CLOUDS));
    const known = CLOUDS[name];
    const authority = env['AZURE_AUTHORITY_HOST']?.trim();
    const resourceManager = inputs.text('resource-manager-endpoint');
    if (authority && !isHttps(authority)) {
        inputs.faults.push({ message: `AZURE_AUTHORITY_HOST is "${authority}"; allowed: an https URL` });
    }
    if (resourceManager && !isHttps(resourceManager)) {
        inputs.fault('resource-manager-endpoint', `is "${resourceManager}"; allowed: an https URL`);
    }
    return {
        ...known,
        name,
        authority: withoutSlash(authority || known.authority),
        // `azure/login` exports the authority of a known cloud too; only a foreign one is the user's own.
        ownAuthority: Boolean(authority) && !isKnownAuthority(withoutSlash(authority)),
        resourceManager: withoutSlash(resourceManager || known.resourceManager),
    };
}
function readApiVersion(inputs) {
    const version = inputs.text('api-version');
    if (!/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)) {
        inputs.fault('api-version', `is "${version}"; allowed: a date such as 2024-10-01, or 2025-01-01-preview`);
    }
    else if (LOSSY_API_VERSIONS.includes(version)) {
        inputs.fault('api-version', `is "${version}", which loses mirror_traffic on every write; use 2023-04-01 or later`);
    }
    return version;
}
function isKnownAuthority(authority) {
    return Object.values(CLOUDS).some((cloud) => cloud.authority === authority.toLowerCase());
}
function isHttps(url) {
    return URL.canParse(url) && new URL(url).protocol === 'https:';
}
function withoutSlash(url) {
    return url.replace(/\/+$/, '');
}

;// CONCATENATED MODULE: ./src/config/parse.ts








/**
 * Turns the inputs into what the operation needs to know.
 * @throws InputFaults with all that is wrong with them, at once
 */
function parseConfig(raw, env) {
    const inputs = inputReader(raw, env);
    const operation = readOperation(inputs);
    const config = configFor(operation, inputs, env);
    if (inputs.faults.length > 0)
        throw new failure/* InputFaults */.qv(inputs.faults);
    return { config, unused: config_inputs/* INPUT_NAMES */.Qh.filter((name) => isUnused(name, operation, raw)) };
}
function readOperation(inputs) {
    const word = inputs.text('operation');
    if ((0,operations/* isOperation */.Y)(word))
        return word;
    const all = Object.keys(operations/* OPERATIONS */.x).join(', ');
    throw new failure/* InputFaults */.qv([{ message: `input operation is ${word ? `"${word}"` : 'missing'}; allowed: ${all}` }]);
}
function configFor(operation, inputs, env) {
    const one = () => readOneEndpoint(inputs, operation);
    const request = () => readRequest(inputs, env, operation);
    const azure = () => readTarget(inputs, env);
    const timeout = () => inputs.duration('timeout');
    const key = () => inputs.oneOf('key', ['primary', 'secondary']);
    switch (operation) {
        case 'validate':
            return { operation, request: request() };
        case 'plan':
            return { operation, request: request(), azure: azure(), failOnDrift: inputs.boolean('fail-on-drift') };
        case 'create':
            return { operation, endpoint: one(), request: request(), azure: azure(), timeout: timeout() };
        case 'update':
        case 'apply':
            return {
                operation,
                request: request(),
                azure: azure(),
                timeout: timeout(),
                confirm: inputs.text('confirm').toLowerCase(),
                maxConcurrency: inputs.integer('max-concurrency', 1, 50),
            };
        case 'show':
        case 'list':
            return { operation, select: readSelection(inputs, operation), azure: azure() };
        case 'url':
            return { operation, endpoint: one(), azure: azure() };
        case 'token':
            return { operation, endpoint: one(), azure: azure(), key: key() };
        case 'invoke':
            return {
                operation,
                endpoint: one(),
                azure: azure(),
                deployment: inputs.text('deployment').toLowerCase() || undefined,
                requestFile: inputs.required('request-file'),
                expectStatus: inputs.integer('expect-status', 100, 599),
                key: key(),
                timeout: timeout(),
            };
        case 'regenerate-keys':
            return { operation, endpoint: one(), azure: azure(), key: key(), timeout: timeout() };
        case 'delete':
            return {
                operation,
                endpoint: one(),
                azure: azure(),
                confirm: inputs.text('confirm').toLowerCase(),
                timeout: timeout(),
            };
    }
}
/** Operations that mean all endpoints when none is named. */
const ALL_WHEN_EMPTY = ['validate', 'plan', 'list'];
function readSelection(inputs, operation) {
    const names = inputs
        .text('endpoint')
        .split(/[\s,]+/)
        .filter((name) => name !== '')
        .map((name) => name.toLowerCase());
    if (names.length > 0)
        return names;
    if (!ALL_WHEN_EMPTY.includes(operation))
        inputs.fault('endpoint', 'is missing; name an endpoint, or * for all');
    return ['*'];
}
function readOneEndpoint(inputs, operation) {
    const name = inputs.text('endpoint').toLowerCase();
    if (!name)
        inputs.fault('endpoint', 'is missing');
    else if (/[\s,*?]/.test(name))
        inputs.fault('endpoint', `is "${name}"; ${operation} takes exactly one endpoint name`);
    else if (!(0,names/* isValidEndpointName */.j8)(name))
        inputs.fault('endpoint', `is "${name}"; allowed: ${names/* NAME_RULE */.$h}`);
    return name;
}
function readRequest(inputs, env, operation) {
    const select = operation === 'create' ? [inputs.text('endpoint').toLowerCase()] : readSelection(inputs, operation);
    return { folder: inputs.text('endpoints-dir'), select, overrides: readOverrides(inputs), env };
}
function readOverrides(inputs) {
    const overrides = [];
    for (const line of inputs.lines('set')) {
        const parsed = (0,override/* parseOverride */.q)(line);
        if ('path' in parsed)
            overrides.push(parsed);
        else
            inputs.faults.push(parsed);
    }
    for (const [name, path] of [
        ['traffic', 'traffic'],
        ['mirror-traffic', 'mirror_traffic'],
    ]) {
        const text = inputs.text(name);
        if (!text)
            continue;
        try {
            overrides.push({ path, value: JSON.stringify((0,traffic/* parseTraffic */.D7)(text)) });
        }
        catch (error) {
            inputs.fault(name, error.message);
        }
    }
    return overrides;
}
/** A runner fills in defaults, so an input equal to its default counts as not given. */
function isUnused(name, operation, raw) {
    const { operations, default: fallback, variable } = (0,config_inputs/* inputDefinition */.O$)(name);
    const value = raw(name).trim();
    // Settings of the workspace are often given to every step alike; only what changes a result is worth a word.
    return value !== '' && value !== fallback && variable === undefined && !operations.includes(operation);
}

// EXTERNAL MODULE: ./src/report/problem.ts
var problem = __webpack_require__(5949);
;// CONCATENATED MODULE: ./src/run.ts




/** Runs one operation. The one place where an error becomes a message and an exit code. */
async function run({ input, deps, finish }) {
    const ending = await attempt(input, deps);
    const errors = 'error' in ending ? [ending.error] : (ending.outcome.failures ?? []);
    const codes = errors.map((error) => (0,problem/* reportProblem */.k)(error, deps.report));
    await finish(ending);
    return 'error' in ending ? codes[0] : (ending.outcome.exitCode ?? 0);
}
async function attempt(input, deps) {
    maskSecretsOf(deps);
    let config;
    try {
        const parsed = parseConfig(input, deps.env);
        config = parsed.config;
        for (const name of parsed.unused)
            deps.report.warning(`input ${name} is not used by ${config.operation}`);
        const outcome = await perform(config, deps);
        return {
            outcome: { ...outcome, failures: (outcome.failures ?? []).map((error) => understood(error, config, deps)) },
        };
    }
    catch (error) {
        return { error: understood(error, config, deps) };
    }
}
function maskSecretsOf({ env, report }) {
    const secret = env['AZURE_CLIENT_SECRET'];
    if (secret)
        report.mask(secret);
}
/** Each operation loads only what it uses, which halves the start of those that never speak to Azure. */
async function perform(config, deps) {
    switch (config.operation) {
        case 'validate':
            return (await Promise.all(/* import() */[__webpack_require__.e(199), __webpack_require__.e(542)]).then(__webpack_require__.bind(__webpack_require__, 90542))).validate(config, deps);
        case 'plan':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(199), __webpack_require__.e(543)]).then(__webpack_require__.bind(__webpack_require__, 18543))).plan(config, deps);
        case 'create':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(199), __webpack_require__.e(634), __webpack_require__.e(776)]).then(__webpack_require__.bind(__webpack_require__, 53776))).create(config, deps);
        case 'update':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(199), __webpack_require__.e(634), __webpack_require__.e(905)]).then(__webpack_require__.bind(__webpack_require__, 37905))).update(config, deps);
        case 'apply':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(199), __webpack_require__.e(634), __webpack_require__.e(862)]).then(__webpack_require__.bind(__webpack_require__, 97862))).apply(config, deps);
        case 'show':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(425)]).then(__webpack_require__.bind(__webpack_require__, 77425))).show(config, deps);
        case 'list':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(132)]).then(__webpack_require__.bind(__webpack_require__, 89132))).list(config, deps);
        case 'url':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(131)]).then(__webpack_require__.bind(__webpack_require__, 58131))).url(config, deps);
        case 'token':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(79)]).then(__webpack_require__.bind(__webpack_require__, 49460))).token(config, deps);
        case 'invoke':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(858)]).then(__webpack_require__.bind(__webpack_require__, 33858))).invoke(config, deps);
        case 'regenerate-keys':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(135)]).then(__webpack_require__.bind(__webpack_require__, 22135))).regenerateKeys(config, deps);
        case 'delete':
            return (await Promise.all(/* import() */[__webpack_require__.e(39), __webpack_require__.e(178), __webpack_require__.e(159)]).then(__webpack_require__.bind(__webpack_require__, 91159))).deleteOperation(config, deps);
    }
}
function understood(error, config, deps) {
    if (deps.signal.aborted)
        return cancelled(deps);
    return config && 'azure' in config ? explain(error, config.azure) : error;
}
function cancelled({ journal }) {
    const open = journal.open();
    if (open.length === 0)
        return new failure/* Failure */.HR('cancelled; nothing is under way in Azure', { exitCode: 130 });
    const what = open.map((entry) => entry.what).join(', ');
    const names = open.map((entry) => entry.endpoint).join(', ');
    return new failure/* Failure */.HR(`cancelled; still under way in Azure: ${what}`, {
        exitCode: 130,
        nextStep: `Azure goes on without us. Operation \`show\` of ${names} tells how it ended; running again picks it up.`,
    });
}


/***/ }),

/***/ 50970:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ cancelOnSignals)
/* harmony export */ });
/**
 * A signal that is aborted when the job is cancelled or Ctrl-C is pressed. A second one ends the process at once.
 * The runner sends SIGINT, SIGTERM after 7.5 s and a kill after 10 s; source: actions/runner, `ProcessInvoker.cs`.
 */
function cancelOnSignals(process) {
    const controller = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.on(name, () => {
            if (controller.signal.aborted && name === 'SIGINT')
                process.exit(130);
            controller.abort(new Error(`cancelled by ${name}`));
        });
    }
    return controller.signal;
}


/***/ }),

/***/ 85943:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  G: () => (/* binding */ interpolate)
});

// EXTERNAL MODULE: ./src/spec/placeholders.ts
var placeholders = __webpack_require__(31913);
;// CONCATENATED MODULE: ./src/spec/scalar.ts
const NULL = /^(?:|~|null|Null|NULL)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/**
 * The value of a plain scalar by the core schema of YAML 1.2 (yaml.org, 1.2.2, section 10.3.2). So `yes`, `on`, dates
 * and `1_000` are text, which YAML 1.1 reads otherwise.
 */
function typePlain(text) {
    if (NULL.test(text))
        return null;
    if (BOOLEAN.test(text))
        return text.toLowerCase() === 'true';
    if (INTEGER.test(text) || FLOAT.test(text))
        return Number(text);
    if (NOT_FINITE.test(text))
        return /nan$/i.test(text) ? NaN : infinity(text);
    return text;
}
function infinity(text) {
    return text.startsWith('-') ? -Infinity : Infinity;
}

// EXTERNAL MODULE: ./src/spec/tree.ts
var tree = __webpack_require__(42315);
;// CONCATENATED MODULE: ./src/spec/interpolate.ts



/** Puts values in the place of placeholders, now that they can no longer change the structure, and types the scalar. */
function interpolate({ source, quoted, place }, within, origin, faults) {
    const count = (0,placeholders/* countMasks */.X1)(source);
    // A comment in the header of a block scalar may hold more of them; they come first.
    const used = count === 0 ? [] : within.slice(-count);
    if (used.length < count || !(0,placeholders/* fillMasks */.rF)(source, []).isWellFormed()) {
        faults.push((0,tree/* faultAt */.ux)(place, 'an escape in this value makes half a character'));
        return { kind: 'faulty', place };
    }
    if (count === 0)
        return { kind: 'scalar', value: quoted ? source : typePlain(source), text: source, quoted, place };
    const values = used.map((placeholder) => resolve(placeholder, origin, faults));
    if (values.includes(undefined))
        return { kind: 'faulty', place };
    const text = (0,placeholders/* fillMasks */.rF)(source, values);
    const shown = used.map((placeholder) => placeholder.shown);
    return {
        kind: 'scalar',
        value: quoted || !(0,placeholders/* isOneMask */.lP)(source) ? text : retype(text),
        text,
        quoted,
        placeholder: (0,placeholders/* fillMasks */.rF)(source, shown),
        place,
    };
}
/** A variable that is set to nothing is empty text: a value that went missing must not remove a tag. */
function retype(text) {
    return text === '' ? text : typePlain(text);
}
function resolve({ shown, offset }, origin, faults) {
    const found = (0,placeholders/* lookUp */.TE)(shown, origin.env);
    if ('value' in found)
        return found.value;
    faults.push((0,tree/* faultAt */.ux)(origin.place(offset), found.fault));
    return undefined;
}


/***/ }),

/***/ 49891:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $h: () => (/* binding */ NAME_RULE),
/* harmony export */   j8: () => (/* binding */ isValidEndpointName),
/* harmony export */   zp: () => (/* binding */ isValidDeploymentName)
/* harmony export */ });
/* unused harmony export nameFaults */
const NAME = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/i;
const SHORTEST = 3;
const LONGEST = 32;
/** The rule for names of endpoints and deployments, in words. */
const NAME_RULE = `${SHORTEST} to ${LONGEST} letters, digits and hyphens, ` + 'with a letter first and a letter or digit last';
/**
 * Whether Azure takes this as the name of an online endpoint. Upper case is fine: names compare without case.
 * Source: azure-ai-ml, `constants/_endpoint.py` (EndpointConfigurations) and `entities/_endpoint/_endpoint_helpers.py`.
 */
function isValidEndpointName(name) {
    return name.length >= SHORTEST && name.length <= LONGEST && NAME.test(name);
}
/** Whether Azure takes this as the name of a deployment; the rule is the one of endpoints. */
const isValidDeploymentName = isValidEndpointName;
/** What is wrong with a name that was given as an input rather than in a file; empty when nothing is. */
function nameFaults(name) {
    return isValidEndpointName(name) ? [] : [{ message: `"${name}" is not an endpoint's name: ${NAME_RULE}` }];
}


/***/ }),

/***/ 70855:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ applyOverrides),
/* harmony export */   q: () => (/* binding */ parseOverride)
/* harmony export */ });
/* harmony import */ var _interpolate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85943);
/* harmony import */ var _parse_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75914);
/* harmony import */ var _placeholders_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31913);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42315);




/** Keys of these maps are names of deployments, which compare without case. */
const NAMES_WITHIN = ['traffic', 'mirror_traffic'];
const STEP = /(?:^|\.)((?:[^.[\]\\]|\\.)+)|\[(\d{1,3})\]/y;
/**
 * Reads one `path=value`. Keys are apart by dots and places in a list are numbers in brackets, from 0, as `az ml` takes
 * them: `identity.user_assigned_identities[0].resource_id=…`. A backslash takes the meaning from a dot, a bracket or a
 * backslash within a key: `tags.cost\.centre=ml`. The path ends at the first `=`.
 */
function parseOverride(line) {
    const [, path, value] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    if (path === undefined || value === undefined) {
        return { message: `set ${line}: is not path=value, such as tags.owner=ml` };
    }
    const override = { path: path.trim(), value: value.trim() };
    if (stepsOf(override.path))
        return override;
    return {
        message: `${label(override)}: "${override.path}" is not a path, such as traffic.blue or tags.cost\\.centre`,
    };
}
/** The tree with the values of all overrides in their places, in order, and the faults of those that have none. */
function applyOverrides(tree, overrides, env) {
    const faults = [];
    let current = tree;
    for (const override of overrides) {
        const place = { override: label(override) };
        const { tree: value, faults: found } = parseValue(override.value, place, env);
        const steps = stepsOf(override.path);
        faults.push(...found);
        const changed = steps ? put(current, steps, value, '') : { fault: `"${override.path}" is not a path` };
        if ('fault' in changed)
            faults.push((0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .faultAt */ .ux)(place, changed.fault));
        else
            current = changed;
    }
    return { tree: current, faults };
}
function label({ path, value }) {
    return `set ${path}=${value}`;
}
/** A flow collection or a quoted scalar is YAML; all else is one plain scalar, whatever characters it holds. */
function parseValue(value, place, env) {
    const isYaml = /^(?:\[|\{(?!\{)|"|')/.test(value);
    const { tree, faults } = isYaml ? (0,_parse_js__WEBPACK_IMPORTED_MODULE_0__/* .parseTree */ .c)(value, { place: () => place, env }) : parsePlain(value, place, env);
    return { tree: tree ?? { kind: 'faulty', place }, faults };
}
function stepsOf(path) {
    const steps = [];
    STEP.lastIndex = 0;
    while (STEP.lastIndex < path.length) {
        const [, key, index] = STEP.exec(path) ?? [];
        if (key !== undefined)
            steps.push({ key: key.replace(/\\(.)/g, '$1') });
        else if (index !== undefined)
            steps.push({ index: Number(index) });
        else
            return undefined;
    }
    return steps[0] && 'key' in steps[0] ? steps : undefined;
}
function parsePlain(value, place, env) {
    const { masked, placeholders } = (0,_placeholders_js__WEBPACK_IMPORTED_MODULE_2__/* .maskPlaceholders */ .jw)(value);
    const faults = [];
    const origin = { place: () => place, env };
    return { tree: (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .interpolate */ .G)({ source: masked, quoted: false, place }, placeholders, origin, faults), faults };
}
/** Trees share nodes, so a change makes new ones along its path. What is not there yet comes into being. */
function put(node, steps, value, inside) {
    const [step, ...rest] = steps;
    if (!step)
        return value;
    if (node?.kind === 'faulty')
        return node;
    const present = isNothing(node) ? undefined : node;
    return 'key' in step
        ? putKey(present, step.key, rest, value, inside)
        : putItem(present, step.index, rest, value, inside);
}
function putKey(node, key, rest, value, inside) {
    const map = node ?? { kind: 'map', entries: [], incomplete: false, place: value.place };
    if (map.kind !== 'map')
        return { fault: `${inside || 'the file'} is not a map, so it has no ${key}` };
    const index = map.entries.findIndex((entry) => sameKey(entry.key, key, inside));
    const old = map.entries[index];
    const changed = put(old?.value, rest, value, inside ? `${inside}.${key}` : key);
    if ('fault' in changed)
        return changed;
    const keyPlace = old && rest.length > 0 ? old.keyPlace : value.place;
    const entry = { ...(old ?? { key }), keyPlace, value: changed };
    return { ...map, entries: old ? map.entries.with(index, entry) : [...map.entries, entry] };
}
function putItem(node, index, rest, value, inside) {
    const list = node ?? { kind: 'list', items: [], place: value.place };
    if (list.kind !== 'list')
        return { fault: `${inside} is not a list, so it has no [${index}]` };
    const length = list.items.length;
    if (index > length)
        return { fault: `${inside} has ${length} items; the next is [${length}]` };
    const changed = put(list.items[index], rest, value, `${inside}[${index}]`);
    if ('fault' in changed)
        return changed;
    return { ...list, items: index < length ? list.items.with(index, changed) : [...list.items, changed] };
}
function sameKey(a, b, inside) {
    return NAMES_WITHIN.includes(inside) ? a.toLowerCase() === b.toLowerCase() : a === b;
}
function isNothing(node) {
    return node?.kind === 'scalar' && node.value === null;
}


/***/ }),

/***/ 75914:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ parseTree)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/spec/interpolate.ts + 1 modules
var interpolate = __webpack_require__(85943);
// EXTERNAL MODULE: ./src/spec/placeholders.ts
var spec_placeholders = __webpack_require__(31913);
;// CONCATENATED MODULE: ./src/spec/syntax.ts

/** Deeper than any endpoint, and shallow enough for a recursive walk. Counted in open tokens of the parser. */
const DEEPEST = 100;
const LONGEST_MESSAGE = 120;
/**
 * Composes the one YAML 1.2 document of a text, with every scalar left as text. Only the first fault is told: those
 * after it are most often its consequences.
 */
function composeDocument(text) {
    const tokens = tokenise(text);
    if ('message' in tokens)
        return tokens;
    const composer = new dist/* Composer */.Dk({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
    const [document, second] = composer.compose(tokens, true, text.length);
    const error = document?.errors[0];
    if (error)
        return { offset: error.pos[0], message: inPlainWords(error) };
    if (second)
        return { offset: second.range[0], message: 'a second document starts here; a file holds one endpoint' };
    return document;
}
/** The parser keeps its own stack, the composer recurses: depth is bounded between the two. */
function tokenise(text) {
    const parser = new dist/* Parser */.iX();
    const tokens = [];
    for (const lexeme of new dist/* Lexer */.JG().lex(text)) {
        tokens.push(...parser.next(lexeme));
        if (parser.stack.length > DEEPEST)
            return { offset: parser.offset, message: 'is nested too deeply' };
    }
    tokens.push(...parser.end());
    return tokens;
}
/** The library speaks to those who know the grammar; these are the faults that people make. */
const PLAIN_WORDS = [
    ['TAB_AS_INDENT', /^/, 'a tab indents this line; YAML allows only spaces'],
    [
        'BLOCK_AS_IMPLICIT_KEY',
        /^/,
        'two keys on one line; indent the second on its own line, or quote a value that holds ": "',
    ],
    ['MULTILINE_IMPLICIT_KEY', /^/, 'a key must be on one line, with ": " after it'],
    ['BAD_INDENT', /^Flow/, 'a [ or { above is not closed'],
    ['BAD_INDENT', /^/, 'the indentation does not fit the lines above'],
    ['BAD_SCALAR_START', /^/, 'a value cannot start with this character; quote it'],
    ['BAD_DQ_ESCAPE', /^/, 'no escape of a double-quoted value; write \\\\ for a backslash, or use single quotes'],
    ['MISSING_CHAR', /quote$/, 'a quote above is not closed'],
    ['MISSING_CHAR', /^Flow/, 'a [ or { above is not closed'],
    ['MISSING_CHAR', /^Implicit map keys/, 'a key without a value; write ": " after it'],
];
function inPlainWords(error) {
    const known = PLAIN_WORDS.find(([code, said]) => code === error.code && said.test(error.message));
    const words = known?.[2] ?? error.message.replace(/[\uDC00\uDC01]+/g, '{{...}}').slice(0, LONGEST_MESSAGE);
    return `not valid YAML: ${words}`;
}

// EXTERNAL MODULE: ./src/spec/tree.ts
var tree = __webpack_require__(42315);
;// CONCATENATED MODULE: ./src/spec/parse.ts





/** More values than aliases make in any honest file. */
const MOST_ALIASED = 1000;
const TEXT_TAGS = ['!', 'tag:yaml.org,2002:str'];
const COLLECTION_TAGS = ['!', 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq'];
/** The tree of a text that holds one YAML document, and what is wrong with the text; no tree when it has no shape. */
function parseTree(text, origin) {
    const { masked, placeholders } = (0,spec_placeholders/* maskPlaceholders */.jw)(text);
    const document = composeDocument(masked);
    const stop = (offset, message) => ({
        tree: undefined,
        faults: [(0,tree/* faultAt */.ux)(origin.place(offset), message)],
    });
    if ('message' in document)
        return stop(document.offset, document.message);
    const root = document.contents;
    if (!root || isBlank(root))
        return stop(0, 'is empty or holds only comments; an endpoint needs at least its name');
    const place = (offset) => origin.place(offset);
    // Taken from the end, which is quick.
    const reading = {
        place,
        env: origin.env,
        faults: [],
        placeholders: placeholders.reverse(),
        anchors: new Map(),
        aliased: 0,
    };
    return { tree: build(root, reading), faults: reading.faults };
}
function isBlank(node) {
    return (0,dist/* isScalar */.jn)(node) && node.type === 'PLAIN' && node.source === '';
}
function build(node, reading) {
    if ((0,dist/* isAlias */.Vj)(node))
        return buildAlias(node, reading);
    const built = buildContent(node, reading);
    if (node.anchor !== undefined)
        reading.anchors.set(node.anchor, built);
    return built;
}
function buildContent(node, reading) {
    const place = placeOf(node, reading);
    const allowed = (0,dist/* isScalar */.jn)(node) ? TEXT_TAGS : COLLECTION_TAGS;
    const built = (0,dist/* isScalar */.jn)(node) ? buildScalar(node, place, reading) : buildCollection(node, place, reading);
    if (node.tag === undefined || allowed.includes(node.tag))
        return built;
    return faulty(place, `the tag ${(0,tree/* clipped */.cz)(node.tag.replace(/^tag:yaml.org,2002:/, '!!'))} has no meaning here; write the value without it`, reading);
}
function buildCollection(node, place, reading) {
    if ((0,dist/* isMap */.jh)(node))
        return buildMap(node, place, reading);
    if (!(0,dist/* isSeq */.oP)(node))
        return faulty(place, 'is not a map, a list or a value', reading);
    return { kind: 'list', items: node.items.map((item) => build(item, reading)), place };
}
/** Targets are shared, not copied, but count as if they were: a walk of the tree visits each copy. */
function buildAlias(alias, reading) {
    const place = placeOf(alias, reading);
    const target = reading.anchors.get(alias.source);
    if (!target)
        return faulty(place, `*${(0,tree/* clipped */.cz)(alias.source)} stands for no anchor above it`, reading);
    if (reading.aliased > MOST_ALIASED)
        return { kind: 'faulty', place };
    reading.aliased += countNodes(target);
    if (reading.aliased > MOST_ALIASED)
        return faulty(place, `aliases make over ${MOST_ALIASED} values here`, reading);
    return { ...target, place };
}
function countNodes(node) {
    const children = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
    return children.reduce((total, child) => total + countNodes(child), 1);
}
function buildScalar(node, place, reading) {
    const source = node.source ?? '';
    const quoted = node.type !== 'PLAIN' || node.tag !== undefined;
    return (0,interpolate/* interpolate */.G)({ source, quoted, place }, takePlaceholders(node, reading), reading, reading.faults);
}
/** The placeholders within a scalar; those before it, in comments, are passed over. */
function takePlaceholders(node, { placeholders }) {
    const [start, end] = node.range ?? [0, 0];
    const taken = [];
    for (let next = placeholders.at(-1); next && next.offset < end; next = placeholders.at(-1)) {
        if (next.offset >= start)
            taken.push(next);
        placeholders.pop();
    }
    return taken;
}
function buildMap(map, place, reading) {
    const entries = new Map();
    const merged = [];
    let incomplete = false;
    for (const pair of map.items) {
        const key = buildKey(pair.key, reading);
        const value = buildValue(pair.value, key?.place ?? place, reading);
        const first = key && entries.get(key.text);
        if (first)
            reading.faults.push((0,tree/* faultAt */.ux)(key.place, `${keyText(key)} is written twice${firstLine(first.keyPlace)}`));
        if (!key || first)
            incomplete = true;
        else
            entries.set(key.text, entryFrom(key, value));
        if (isMergeKey(pair.key)) {
            merged.push(...mergedEntries(value, reading));
            entries.delete('<<');
        }
    }
    for (const entry of merged)
        if (!entries.has(entry.key))
            entries.set(entry.key, entry);
    return { kind: 'map', entries: [...entries.values()], incomplete, place };
}
function entryFrom(key, value) {
    const shown = key.placeholder === undefined ? {} : { keyPlaceholder: key.placeholder };
    return { key: key.text, ...shown, keyPlace: key.place, value };
}
function keyText(key) {
    return (0,tree/* clipped */.cz)(key.placeholder ?? key.text);
}
function firstLine(place) {
    return 'line' in place ? `; first on line ${place.line}` : '';
}
/** A key is text; what YAML takes for something else is refused rather than guessed. */
function buildKey(node, reading) {
    const key = node && build(node, reading);
    if (!key || key.kind === 'faulty')
        return undefined;
    if (key.kind === 'scalar' && (typeof key.value === 'string' || key.placeholder !== undefined))
        return key;
    const what = key.kind !== 'scalar' ? 'a map or list cannot be a key' : `the key ${keyText(key)} is not text; quote it`;
    reading.faults.push((0,tree/* faultAt */.ux)(key.place, what));
    return undefined;
}
/** A value that is not there has the place of its key. */
function buildValue(node, keyPlace, reading) {
    if (node && !isBlank(node))
        return build(node, reading);
    const nothing = { kind: 'scalar', value: null, text: '', quoted: false, place: keyPlace };
    if (node && !(0,dist/* isAlias */.Vj)(node) && node.anchor !== undefined)
        reading.anchors.set(node.anchor, nothing);
    return nothing;
}
function isMergeKey(key) {
    return (0,dist/* isScalar */.jn)(key) && key.type === 'PLAIN' && key.source === '<<';
}
/** What `<<` brings in, the first of a list before the next. Source: yaml.org/type/merge.html. */
function mergedEntries(value, reading) {
    const sources = value.kind === 'list' ? value.items : [value];
    return sources.flatMap((source) => {
        if (source.kind === 'map')
            return source.entries;
        if (source.kind !== 'faulty')
            reading.faults.push((0,tree/* faultAt */.ux)(source.place, '<< takes a map or a list of maps'));
        return [];
    });
}
function placeOf(node, reading) {
    return reading.place(node.range?.[0] ?? 0);
}
function faulty(place, message, reading) {
    reading.faults.push((0,tree/* faultAt */.ux)(place, message));
    return { kind: 'faulty', place };
}


/***/ }),

/***/ 31913:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TE: () => (/* binding */ lookUp),
/* harmony export */   X1: () => (/* binding */ countMasks),
/* harmony export */   jw: () => (/* binding */ maskPlaceholders),
/* harmony export */   lP: () => (/* binding */ isOneMask),
/* harmony export */   rF: () => (/* binding */ fillMasks)
/* harmony export */ });
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42315);

// The length is bounded so that a file full of braces is read in linear time.
const PLACEHOLDER = /\$?\{\{(?!\{)[^\r\n]{0,250}?\}\}/g;
const FORMS = /^(?:\$\{\{\s*env\.([A-Za-z_]\w*)\s*\}\}|\{\{\s*([A-Za-z_]\w*)\s*\}\})$/;
const FORBIDDEN = /^(?:AZURE_CLIENT_SECRET|GITHUB_TOKEN|(?:ACTIONS|INPUT)_.*)$/i;
// Lone surrogates: no decoded text holds one, so what stands for a placeholder cannot be mistaken for text.
const FIRST = '\uDC01';
const REST = '\uDC00';
const MASK = /\uDC01\uDC00*/g;
/**
 * Puts a word of the same length in the place of each placeholder, so that a parser sees a scalar there, every column
 * stays true, and no value can change the structure. A literal `{{` is written `"\x7b{"` in a double-quoted scalar.
 */
function maskPlaceholders(text) {
    const placeholders = [];
    const masked = text.replace(PLACEHOLDER, (shown, offset) => {
        placeholders.push({ offset, shown });
        return FIRST + REST.repeat(shown.length - 1);
    });
    return { masked, placeholders };
}
/** How many masked placeholders a parsed scalar holds. */
function countMasks(text) {
    return text.match(MASK)?.length ?? 0;
}
/** Whether a parsed scalar is nothing but one masked placeholder. */
function isOneMask(text) {
    return countMasks(text) === 1 && text.replace(MASK, '') === '';
}
/** Puts `values`, in their order, in the place of the masked placeholders of a parsed scalar. */
function fillMasks(text, values) {
    let next = 0;
    return text.replace(MASK, () => values[next++] ?? '');
}
/**
 * The value of a placeholder, or why it has none. The text of a fault names the variable, never a value.
 * Variables that hold credentials of the job cannot be named.
 */
function lookUp(shown, env) {
    const [, long, short] = FORMS.exec(shown) ?? [];
    const name = long ?? short;
    if (name === undefined) {
        return { fault: `${(0,_tree_js__WEBPACK_IMPORTED_MODULE_0__/* .clipped */ .cz)(shown)} is not a placeholder; the forms are \${{ env.NAME }} and {{NAME}}` };
    }
    if (FORBIDDEN.test(name))
        return { fault: `${shown} may hold a credential and cannot be used in a file` };
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined)
        return { fault: `the environment variable ${name} is not set; ${shown} needs it` };
    return { value };
}


/***/ }),

/***/ 43906:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D7: () => (/* binding */ parseTraffic),
/* harmony export */   ad: () => (/* binding */ canonicalTraffic),
/* harmony export */   mQ: () => (/* binding */ trafficTotal),
/* harmony export */   zM: () => (/* binding */ formatTraffic)
/* harmony export */ });
/* unused harmony export sameTraffic */
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1633);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49891);


/**
 * Reads `blue=90 green=10`: pairs of a deployment and its percent, apart by spaces, new lines or commas. Nothing, and
 * `{}`, mean no traffic at all. The total is left to the caller, since a mirror has another rule than live traffic.
 * @throws InputFaults with every pair that is wrong
 */
function parseTraffic(text) {
    const pairs = text.trim() === '{}' ? [] : text.split(/[\s,]+/).filter((pair) => pair !== '');
    const parsed = pairs.map(parsePair);
    const faults = parsed.filter((pair) => typeof pair === 'string').map((message) => ({ message }));
    const weights = parsed.filter((pair) => typeof pair !== 'string');
    for (const name of repeated(weights.map(([name]) => name)))
        faults.push({ message: `"${name}" is named twice` });
    if (faults.length > 0)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .InputFaults */ .qv(faults);
    return canonicalTraffic(Object.fromEntries(weights));
}
/** Names in lower case, weights of 0 left out, sorted by name: equal splits become equal objects. */
function canonicalTraffic(traffic) {
    const weights = Object.entries(traffic)
        .filter(([, percent]) => percent !== 0)
        .map(([name, percent]) => [name.toLowerCase(), percent]);
    return Object.fromEntries(weights.sort(([a], [b]) => (a < b ? -1 : 1)));
}
/** The percents added up. Azure takes a total of 0 or 100. Source: Microsoft Learn, reference-yaml-endpoint-online. */
function trafficTotal(traffic) {
    return Object.values(traffic).reduce((total, percent) => total + percent, 0);
}
/** Whether two splits send each deployment the same percent; case and weights of 0 do not count. */
function sameTraffic(a, b) {
    return formatTraffic(a) === formatTraffic(b);
}
/** `blue=90 green=10`, or `none`; `parseTraffic` reads it back. */
function formatTraffic(traffic) {
    const pairs = Object.entries(canonicalTraffic(traffic)).map(([name, percent]) => `${name}=${percent}`);
    return pairs.join(' ') || 'none';
}
/** A pair as name and percent, or the sentence that says why it is none. */
function parsePair(pair) {
    const [, name, percent] = /^([^=]+)=([^=]+)$/.exec(pair) ?? [];
    if (name === undefined || percent === undefined) {
        return `"${pair}" is not a pair of deployment and percent; write pairs such as blue=90 green=10`;
    }
    if (!(0,_names_js__WEBPACK_IMPORTED_MODULE_1__/* .isValidDeploymentName */ .zp)(name))
        return `"${name}" is not a deployment's name: ${_names_js__WEBPACK_IMPORTED_MODULE_1__/* .NAME_RULE */ .$h}`;
    if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100) {
        return `"${pair}" has no percent that Azure takes; write an integer from 0 to 100`;
    }
    return [name.toLowerCase(), Number(percent)];
}
function repeated(names) {
    return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}


/***/ }),

/***/ 42315:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JJ: () => (/* binding */ shownValue),
/* harmony export */   Ms: () => (/* binding */ entryOf),
/* harmony export */   cP: () => (/* binding */ integerOf),
/* harmony export */   cz: () => (/* binding */ clipped),
/* harmony export */   dM: () => (/* binding */ shownKey),
/* harmony export */   ux: () => (/* binding */ faultAt)
/* harmony export */ });
function entryOf(map, key) {
    return map.entries.find((entry) => entry.key === key);
}
/** The whole number of a scalar that is written in plain decimal digits; `010` and `1e1` mean different things to different parsers. */
function integerOf(node) {
    const isPlain = node.kind === 'scalar' && typeof node.value === 'number' && /^(?:0|[1-9]\d*)$/.test(node.text);
    return isPlain ? Number(node.text) : undefined;
}
/** A fault at a place. One in an override says which, since it has no line. */
function faultAt(place, message) {
    return 'override' in place ? { message: `${place.override}: ${message}` } : { ...place, message };
}
/** How a message names a key: never by the value of a placeholder. */
function shownKey(entry) {
    return clipped(entry.keyPlaceholder ?? entry.key);
}
/** How a message quotes a value: as written, never by the value of a placeholder. */
function shownValue(node) {
    switch (node.kind) {
        case 'scalar': {
            const text = clipped(node.placeholder ?? node.text);
            return node.quoted ? `"${text}"` : text;
        }
        case 'map':
            return 'a map';
        case 'list':
            return 'a list';
        case 'faulty':
            return 'a faulty value';
    }
}
/** One short line, whatever the text: messages end up in annotations. */
function clipped(text) {
    const line = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
    return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}


/***/ })

};
