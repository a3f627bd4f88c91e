export const id = 178;
export const ids = [178];
export const modules = {

/***/ 8015:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ng: () => (/* binding */ connect)
});

// UNUSED EXPORTS: USER_AGENT, workspaceId

// EXTERNAL MODULE: ./node_modules/@azure/arm-machinelearning/dist/index.js
var dist = __webpack_require__(34789);
// EXTERNAL MODULE: ./src/azure/errors.ts
var errors = __webpack_require__(16616);
// EXTERNAL MODULE: ./src/azure/http.ts
var azure_http = __webpack_require__(37743);
// EXTERNAL MODULE: ./src/azure/retry.ts
var retry = __webpack_require__(92933);
// EXTERNAL MODULE: ./node_modules/@azure/identity/dist/esm/index.js + 184 modules
var esm = __webpack_require__(44971);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/plan/json.ts
var json = __webpack_require__(82877);
;// CONCATENATED MODULE: ./src/github/id-token.ts


/**
 * The toolkit's `getIDToken` writes its mask to standard output, which belongs to the result of the command line, and does
 * not ask again after a dropped connection; so the one GET that it makes is made here.
 * Source of the protocol: docs.github.com, "OpenID Connect reference", and `@actions/core` `oidc-utils`.
 * @returns `undefined` where the job cannot ask for a token: it is no GitHub job, or lacks `permissions: id-token: write`
 */
function idTokenSource(env, http, mask) {
    const url = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
    const requestToken = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    if (!url || !requestToken)
        return undefined;
    mask(requestToken);
    const label = 'GET GitHub ID token';
    return async (audience, signal) => {
        const response = await http({
            method: 'GET',
            url: `${url}&audience=${encodeURIComponent(audience)}`,
            headers: { authorization: `Bearer ${requestToken}`, accept: 'application/json' },
            label,
            timeout: 20_000,
        }, signal);
        const body = (0,azure_http/* successBody */.oH)(response, label);
        const token = (0,json/* isObject */.Gv)(body) ? (0,json/* textAt */.$6)(body, 'value') : undefined;
        if (!token)
            throw new Error('GitHub answered the request for an ID token without one');
        mask(token);
        return token;
    };
}
/** What a federated credential is matched against. None of it is secret. */
function idTokenClaims(token) {
    try {
        const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
        if (!(0,json/* isObject */.Gv)(payload))
            return undefined;
        return `issuer ${String(payload['iss'])}, subject ${String(payload['sub'])}, audience ${String(payload['aud'])}`;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/azure/sign-in-failure.ts


/**
 * What to do about the answers of Microsoft Entra that users meet.
 * Source: Microsoft Learn, "Microsoft Entra authentication and authorization error codes".
 */
const NEXT_STEPS = {
    AADSTS90002: 'Check `tenant-id`: Entra does not know this tenant, or it is in another `cloud`.',
    AADSTS700016: 'Check `client-id` and `tenant-id`: the tenant has no such application.',
    AADSTS7000215: 'AZURE_CLIENT_SECRET is wrong; use the value of the secret, not its ID.',
    AADSTS7000222: 'AZURE_CLIENT_SECRET has expired; make a new one, or use GitHub OIDC, which needs none.',
    AADSTS70021: 'Add a federated credential for this subject to the application. It is compared with case.',
    AADSTS700211: 'Add a federated credential for this issuer to the application.',
    AADSTS700212: 'Give the federated credential the audience above.',
    AADSTS700213: 'Add a federated credential for the subject above to the application. It is compared with case, and a job with `environment:` has another subject.',
    AADSTS700024: 'The clock of the runner may be wrong: the ID token was made moments ago.',
    AADSTS50196: 'Entra saw too many sign-ins from this client; run again in a few minutes.',
};
/** Turns the error of a credential into ours. The words of Entra hold no secret; those of a local tool might, and are left out. */
function signInFailure(way, error, claims) {
    if (error instanceof failure/* Failure */.HR || isAbort(error))
        return error;
    const description = entraWords(error);
    const code = /AADSTS\d+/.exec(description)?.[0];
    const words = description.split(/\r?\n| Trace ID:/)[0].trim();
    return new failure/* Failure */.HR(`sign-in with ${way} failed: ${words}${claims ? ` (${claims})` : ''}`, {
        code,
        requestId: /Correlation ID: ([\w-]+)/.exec(description)?.[1],
        nextStep: (code && NEXT_STEPS[code]) ?? generalStep(way, error),
        cause: error,
    });
}
function entraWords(error) {
    const response = error.errorResponse;
    return response?.errorDescription ?? (error instanceof Error ? error.message : String(error));
}
function generalStep(way, error) {
    if (error instanceof errors/* ConnectionError */.Rc || error instanceof errors/* ServiceError */._7) {
        return 'GitHub gave no ID token; run the job again.';
    }
    if (way.startsWith('the login'))
        return 'Run azure/login (or `az login`) again, or give `client-id` and `tenant-id`.';
    if (way.startsWith('managed')) {
        return 'Give `client-id` and `tenant-id`, run azure/login first, or run on a machine that has a managed identity.';
    }
    return 'Check `tenant-id`, `client-id` and `cloud`.';
}
function isAbort(error) {
    return error instanceof Error && error.name === 'AbortError';
}

;// CONCATENATED MODULE: ./src/azure/sign-in.ts





/**
 * Chooses the way to sign in: client secret, GitHub OIDC, the login of `azure/login` or `az`, workload or managed
 * identity. A way that was configured but fails is an error; the next one is never tried behind the user's back.
 * @throws Failure when client and tenant ask for GitHub OIDC but the job may not have an ID token
 */
async function chooseSignIn(target, deps, http, limits) {
    const { env } = deps;
    const { tenantId, clientId } = target;
    const options = { authorityHost: target.cloud.authority, disableInstanceDiscovery: target.cloud.ownAuthority };
    const secret = env['AZURE_CLIENT_SECRET'];
    if (tenantId && clientId && secret) {
        return named(`client secret of client ${clientId}`, deps, () => new esm/* ClientSecretCredential */.HC(tenantId, clientId, secret, options));
    }
    if (env['AZURE_FEDERATED_TOKEN_FILE'] && tenantId && clientId) {
        const tokenFilePath = env['AZURE_FEDERATED_TOKEN_FILE'];
        return named(`workload identity of client ${clientId}`, deps, () => new esm/* WorkloadIdentityCredential */.R9({ ...options, tenantId, clientId, tokenFilePath }));
    }
    if (tenantId && clientId) {
        const idToken = idTokenSource(env, http, deps.report.mask);
        if (idToken)
            return gitHubSignIn(target, tenantId, clientId, { ...deps, limits }, idToken, options);
        if (env['GITHUB_ACTIONS'] === 'true')
            throw missingIdToken();
    }
    if (await hasAzLogin(deps)) {
        return named('the login of azure/login or az', deps, () => new esm/* AzureCliCredential */.nG(tenantId ? { tenantId } : {}));
    }
    return named(clientId ? `managed identity ${clientId}` : 'managed identity', deps, () => new esm/* ManagedIdentityCredential */.NC(clientId ? { clientId } : {}));
}
function gitHubSignIn(target, tenantId, clientId, deps, idToken, options) {
    let claims;
    // An ID token lives five minutes, a deployment longer: each exchange asks for its own (AADSTS700024, Azure/login 372).
    const assertion = async () => {
        const token = await (0,retry/* withRetries */.L)('always', deps, () => idToken(target.cloud.idTokenAudience, deps.limits.signal));
        claims = idTokenClaims(token);
        return token;
    };
    return named(`GitHub ID token as client ${clientId}`, deps, () => new esm/* ClientAssertionCredential */.XI(tenantId, clientId, assertion, options), () => claims);
}
/** Masks each token before the pipeline sees it, and says in one voice why there is none. */
function named(description, deps, create, claims = () => undefined) {
    const fresh = () => {
        const credential = create();
        return {
            async getToken(scopes, options) {
                try {
                    const token = await credential.getToken(scopes, options);
                    if (token)
                        deps.report.mask(token.token);
                    return token;
                }
                catch (error) {
                    throw signInFailure(description, error, claims());
                }
            },
        };
    };
    return { description, fresh };
}
function missingIdToken() {
    return new failure/* Failure */.HR('this job cannot ask GitHub for an ID token, and AZURE_CLIENT_SECRET is not set', {
        nextStep: 'Add `permissions: id-token: write` to the job.',
    });
}
/** `az` and `azure/login` keep their login here; source: azure-cli `_profile.py`. */
async function hasAzLogin({ env, files }) {
    const home = env['AZURE_CONFIG_DIR'] ?? `${env['HOME'] ?? env['USERPROFILE'] ?? '.'}/.azure`;
    try {
        const bytes = await files.read(`${home}/azureProfile.json`, 10_000_000);
        return Buffer.from(bytes).includes('"id"');
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/azure/connect.ts





const USER_AGENT = 'azureml-online-endpoint-action';
/**
 * Signs in (at the first request) and speaks to one workspace.
 * `@azure/arm-machinelearning` 2.1.1 models API version 2022-10-01 and its serialiser drops what that version did not
 * have (`mirrorTraffic` among others); so its client, sign-in and pipeline carry raw bodies of a current version.
 */
async function connect(target, deps, limits) {
    const http = (0,azure_http/* plainHttp */.BN)(USER_AGENT);
    const signIn = await chooseSignIn(target, deps, http, limits);
    deps.report.info(`signing in with ${signIn.description}`);
    const session = openSession(target, signIn);
    const base = workspaceId(target);
    const workspace = (within) => ({
        target,
        id: base,
        http,
        limits: within,
        clock: deps.clock,
        report: deps.report,
        within: workspace,
        token: (scope) => session.token(scope, within.signal),
        send: (request) => (0,retry/* withRetries */.L)(request.repeat, { ...deps, limits: within }, () => sendOnce(session, target, request, within.signal)),
    });
    return workspace(limits);
}
function workspaceId(target) {
    const { subscriptionId, resourceGroup, workspaceName } = target;
    return (`/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(resourceGroup)}` +
        `/providers/Microsoft.MachineLearningServices/workspaces/${encodeURIComponent(workspaceName)}`);
}
function openSession(target, signIn) {
    const open = () => {
        const credential = signIn.fresh();
        const client = new dist/* AzureMachineLearningWorkspaces */.FQ(credential, target.subscriptionId, {
            endpoint: target.cloud.resourceManager,
            credentialScopes: `${target.cloud.resourceManager}/.default`,
            // Its own policy repeats every method, POST too; see `withRetries`.
            retryOptions: { maxRetries: 0 },
            redirectOptions: { maxRetries: 0 },
            userAgentOptions: { userAgentPrefix: USER_AGENT },
        });
        return { credential, http: (0,azure_http/* httpThrough */.SR)((request) => client.sendRequest(request)) };
    };
    let current = open();
    return {
        http: () => current.http,
        renew: () => {
            current = open();
        },
        async token(scope, signal) {
            const token = await current.credential.getToken(scope, { abortSignal: signal });
            if (!token)
                throw new Error(`sign-in gave no token for ${scope}`);
            return { token: token.token, expiresAt: token.expiresOnTimestamp };
        },
    };
}
async function sendOnce(session, target, request, signal) {
    const url = requestUrl(target, request.path);
    const label = `${request.method} ${shortPath(url)}`;
    const attempt = async () => {
        const response = await session.http()({
            method: request.method,
            url,
            label,
            headers: { accept: 'application/json', 'content-type': 'application/json' },
            body: request.body === undefined ? (request.method === 'POST' ? '' : undefined) : JSON.stringify(request.body),
        }, signal);
        const body = (0,azure_http/* successBody */.oH)(response, label);
        return { status: response.status, body, request: label, requestId: (0,azure_http/* requestId */.z2)(response), header: response.header };
    };
    try {
        return await attempt();
    }
    catch (error) {
        // A token can be revoked or run out between two polls. Azure did nothing, so the request may go again.
        if (!(error instanceof errors/* ServiceError */._7 && error.status === 401))
            throw error;
        session.renew();
        return attempt();
    }
}
/** @throws Error for a URL of another host: a bearer token is for nobody else. */
function requestUrl(target, path) {
    const host = target.cloud.resourceManager;
    const url = new URL(path.startsWith('https:') ? path : `${host}${workspaceId(target)}${path}`);
    if (url.origin !== new URL(host).origin)
        throw new Error(`Azure pointed to ${url.origin}, which is not ${host}`);
    if (!url.searchParams.has('api-version'))
        url.searchParams.set('api-version', target.apiVersion);
    return url.href;
}
/** `onlineEndpoints/iris/deployments`: the part of a path that a person needs. */
function shortPath(url) {
    const path = decodeURIComponent(new URL(url).pathname);
    return (/\/workspaces\/[^/]+\/(.+)$/.exec(path)?.[1] ??
        /\/locations\/[^/]+\/([^/]+)/.exec(path)?.[1] ??
        path.slice(path.lastIndexOf('/workspaces/') + 1));
}


/***/ }),

/***/ 9713:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ needEndpoint),
/* harmony export */   Jn: () => (/* binding */ listDeployments),
/* harmony export */   Jr: () => (/* binding */ putEndpoint),
/* harmony export */   bb: () => (/* binding */ workspaceLocation),
/* harmony export */   n: () => (/* binding */ deleteEndpoint),
/* harmony export */   nM: () => (/* binding */ endpointPath),
/* harmony export */   v9: () => (/* binding */ listEndpoints),
/* harmony export */   yP: () => (/* binding */ getEndpoint)
/* harmony export */ });
/* harmony import */ var _plan_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82877);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1633);
/* harmony import */ var _missing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(18667);



/**
 * The endpoint as it is now, or `undefined` when it is not there.
 * @throws ServiceError also for a workspace or resource group that is not there
 */
async function getEndpoint(workspace, name) {
    try {
        return resource(await workspace.send({ method: 'GET', path: endpointPath(name), repeat: 'always' }));
    }
    catch (error) {
        if ((0,_missing_js__WEBPACK_IMPORTED_MODULE_1__/* .isNotFound */ .c)(error) && (await (0,_missing_js__WEBPACK_IMPORTED_MODULE_1__/* .whatIsMissing */ .B)(error, workspace)) !== 'workspace')
            return undefined;
        throw error;
    }
}
/** The endpoint as it is now. @throws Failure with the next step when it is not there */
async function needEndpoint(workspace, name) {
    const live = await getEndpoint(workspace, name);
    if (live)
        return live;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR(`endpoint ${name} is not in workspace ${workspace.target.workspaceName}`, {
        nextStep: 'Check the name with operation `list`, or make the endpoint with operation `create`.',
    });
}
function listEndpoints(workspace) {
    return listAll(workspace, '/onlineEndpoints');
}
/** The endpoint's deployments; none when the endpoint is not there. */
async function listDeployments(workspace, endpoint) {
    try {
        return await listAll(workspace, `${endpointPath(endpoint)}/deployments`);
    }
    catch (error) {
        if ((0,_missing_js__WEBPACK_IMPORTED_MODULE_1__/* .isNotFound */ .c)(error))
            return [];
        throw error;
    }
}
/** Replaces the whole endpoint. Azure answers 201 for both create and update, and goes on working. */
function putEndpoint(workspace, name, body) {
    return workspace.send({ method: 'PUT', path: endpointPath(name), body, repeat: 'if-untouched' });
}
/** Deletes the endpoint with its deployments. Azure answers 202 and goes on working, or 204 when nothing is there. */
function deleteEndpoint(workspace, name) {
    return workspace.send({ method: 'DELETE', path: endpointPath(name), repeat: 'if-untouched' });
}
/** Azure region of the workspace, which its endpoints share. */
async function workspaceLocation(workspace) {
    const response = await workspace.send({ method: 'GET', path: '', repeat: 'always' });
    const location = (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(resource(response), 'location');
    if (!location)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR('Azure described the workspace without its location', { request: response.request });
    return location;
}
function endpointPath(name) {
    return `/onlineEndpoints/${encodeURIComponent(name)}`;
}
async function listAll(workspace, path) {
    const found = [];
    const seen = new Set();
    for (let next = path; next && !seen.has(next);) {
        seen.add(next);
        const page = resource(await workspace.send({ method: 'GET', path: next, repeat: 'always' }));
        if (Array.isArray(page['value']))
            found.push(...page['value'].filter(_plan_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv));
        next = (0,_plan_json_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(page, 'nextLink');
    }
    return found;
}
function resource(response) {
    if ((0,_plan_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(response.body))
        return response.body;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR('Azure answered without a description of the resource', {
        request: response.request,
        requestId: response.requestId,
    });
}


/***/ }),

/***/ 37743:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ plainHttp),
/* harmony export */   SR: () => (/* binding */ httpThrough),
/* harmony export */   oH: () => (/* binding */ successBody),
/* harmony export */   z2: () => (/* binding */ requestId),
/* harmony export */   zG: () => (/* binding */ retryAfterMilliseconds)
/* harmony export */ });
/* harmony import */ var _azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61340);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16616);


/** Sends through `carry`, which may be the pipeline of an ARM client or a bare one. */
function httpThrough(carry) {
    return async (request, signal) => {
        const timeout = AbortSignal.timeout(request.timeout ?? 60_000);
        try {
            const response = await carry((0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createPipelineRequest */ .G6)({
                method: request.method,
                url: request.url,
                headers: (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createHttpHeaders */ .Nc)(request.headers ?? {}),
                ...(request.body === undefined ? {} : { body: request.body }),
                abortSignal: AbortSignal.any([signal, timeout]),
            }));
            return {
                status: response.status,
                text: response.bodyAsText ?? '',
                header: (name) => response.headers.get(name),
            };
        }
        catch (error) {
            signal.throwIfAborted();
            throw asConnectionError(request.label, error, timeout.aborted);
        }
    };
}
/** A pipeline without sign-in and without retries, which honours `HTTPS_PROXY` and `NO_PROXY`. */
function plainHttp(userAgent) {
    const client = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createDefaultHttpClient */ .fl)();
    const pipeline = (0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .createPipelineFromOptions */ .Fp)({
        retryOptions: { maxRetries: 0 },
        // A redirect would carry credentials to a host that nobody named.
        redirectOptions: { maxRetries: 0 },
        userAgentOptions: { userAgentPrefix: userAgent },
    });
    return httpThrough((request) => pipeline.sendRequest(client, request));
}
/**
 * The JSON of an answer.
 * @throws ServiceError when the status is not a success, ConnectionError when the body is not the JSON that was promised
 */
function successBody(response, request) {
    const body = parsed(response.text);
    if (response.status < 200 || response.status > 299) {
        const retryAfter = retryAfterMilliseconds(response);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ServiceError */ ._7({ status: response.status, body, request, requestId: requestId(response), retryAfter });
    }
    if (body === undefined && response.text.trim() !== '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConnectionError */ .Rc(request, 'INCOMPLETE', 'the answer is not JSON; is a proxy or a login page in between?');
    }
    return body;
}
function requestId(response) {
    return (response.header('x-ms-correlation-request-id') ??
        response.header('x-ms-request-id') ??
        response.header('x-request-id'));
}
/** `Retry-After` in seconds or as a date; `undefined` when absent or unreadable. */
function retryAfterMilliseconds(response) {
    const value = response.header('retry-after-ms') ?? response.header('retry-after');
    if (!value)
        return undefined;
    const number = Number(value);
    if (!Number.isNaN(number))
        return Math.max(0, response.header('retry-after-ms') ? number : number * 1_000);
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function asConnectionError(label, error, timedOut) {
    if (timedOut)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConnectionError */ .Rc(label, 'ETIMEDOUT', 'no answer in time', error);
    const code = error.code;
    if ((0,_azure_core_rest_pipeline__WEBPACK_IMPORTED_MODULE_0__/* .isRestError */ .T0)(error) || typeof code === 'string') {
        const word = typeof code === 'string' ? code : 'ECONNRESET';
        return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConnectionError */ .Rc(label, word, `connection failed (${word})`, error);
    }
    if (error instanceof Error && /aborted|socket hang up|premature/i.test(error.message)) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConnectionError */ .Rc(label, 'ECONNRESET', 'connection was cut', error);
    }
    return error;
}


/***/ }),

/***/ 18667:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ whatIsMissing),
/* harmony export */   c: () => (/* binding */ isNotFound)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16616);

/**
 * Codes with which ARM itself says that something above the endpoint is not there.
 * Source: Azure Resource Manager, "Resolve errors for resource not found" and "Common deployment errors".
 */
const ABOVE = ['subscriptionnotfound', 'invalidsubscriptionid', 'resourcegroupnotfound', 'parentresourcenotfound'];
/**
 * Tells the 404s apart. ARM's gateway and the Azure ML service answer differently, and neither differently enough, so
 * where the words leave it open the workspace itself is asked for.
 */
async function whatIsMissing(error, workspace) {
    if (ABOVE.includes(error.code.toLowerCase()))
        return 'workspace';
    if (/deployment\b.*not found/i.test(error.serviceMessage))
        return 'deployment';
    try {
        await workspace.send({ method: 'GET', path: '', repeat: 'always' });
        return 'endpoint';
    }
    catch (probe) {
        if (probe instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7 && probe.status === 404)
            return 'workspace';
        // Whoever may not read the workspace cannot learn more; the nearer explanation stands.
        if (probe instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7 || probe instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConnectionError */ .Rc)
            return 'endpoint';
        throw probe;
    }
}
function isNotFound(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7 && error.status === 404;
}


/***/ }),

/***/ 92933:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ withRetries)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16616);

/** Seconds between the first tries add up to about half a minute, which outlasts a restart of a front end. */
const MOST_TRIES = 6;
const LONGEST_PAUSE = 30_000;
/**
 * Makes an attempt, and makes it again after a pause when it failed in a way that passes.
 * A pause that the service asks for is kept; others double from one second, with jitter so that two runs part ways.
 * @throws the last attempt's error
 */
async function withRetries(repeat, context, attempt) {
    for (let tries = 1;; tries += 1) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isTransient */ .dg)(error) || tries >= MOST_TRIES)
                throw error;
            if (repeat === 'if-untouched' && !(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isUntouched */ .O2)(error))
                throw error;
            const pause = pauseAfter(error, tries, context.clock);
            if (context.clock.now() + pause > context.limits.deadline)
                throw error;
            context.report.info(`${reason(error)}; trying again in ${Math.ceil(pause / 1_000)} s`);
            await context.clock.sleep(pause, context.limits.signal);
        }
    }
}
function pauseAfter(error, tries, clock) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7 && error.retryAfter !== undefined)
        return error.retryAfter;
    return Math.min(LONGEST_PAUSE, 1_000 * 2 ** (tries - 1)) * (0.5 + clock.random() / 2);
}
function reason(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7 ? `${error.request} answered ${error.status} ${error.code}` : error.message;
}


/***/ }),

/***/ 62424:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ READING_TIME),
/* harmony export */   z: () => (/* binding */ limitsFromNow)
/* harmony export */ });
/** Enough for a request with all its retries; operations that wait for Azure have their own `timeout`. */
const READING_TIME = 5 * 60_000;
/** Limits of a piece of work that starts now and may take so many milliseconds. */
function limitsFromNow({ clock, signal }, milliseconds) {
    return { signal, deadline: clock.now() + milliseconds };
}


/***/ }),

/***/ 16905:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Is: () => (/* binding */ isSettled),
/* harmony export */   Po: () => (/* binding */ scoringUrl),
/* harmony export */   Wg: () => (/* binding */ liveName),
/* harmony export */   ai: () => (/* binding */ swaggerUrl),
/* harmony export */   gv: () => (/* binding */ principalId),
/* harmony export */   i: () => (/* binding */ authMode),
/* harmony export */   m8: () => (/* binding */ liveTraffic),
/* harmony export */   p: () => (/* binding */ liveMirrorTraffic),
/* harmony export */   vl: () => (/* binding */ provisioningState)
/* harmony export */ });
/* unused harmony export isKubernetes */
/* harmony import */ var _spec_traffic_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43906);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82877);


function liveName(resource) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)(resource, 'name')?.toLowerCase() ?? '';
}
function provisioningState(resource) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)(resource, 'properties'), 'provisioningState') ?? 'Unknown';
}
/**
 * States in which Azure takes the next write. Any other word, also one that nobody has documented, means "still at it".
 * Source: ARM asynchronous operations; `provisioningState` of online endpoints and deployments.
 */
function isSettled(state) {
    return ['succeeded', 'failed', 'canceled', 'cancelled'].includes(state.toLowerCase());
}
function liveTraffic(live) {
    return trafficOf(live, 'traffic');
}
function liveMirrorTraffic(live) {
    return trafficOf(live, 'mirrorTraffic');
}
function authMode(live) {
    const mode = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)(live, 'properties'), 'authMode')?.toLowerCase();
    return ['Key', 'AMLToken', 'AADToken'].find((known) => known.toLowerCase() === mode);
}
function scoringUrl(live) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)(live, 'properties'), 'scoringUri');
}
function swaggerUrl(live) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)(live, 'properties'), 'swaggerUri');
}
function principalId(live) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)(live, 'identity'), 'principalId');
}
function isKubernetes(live) {
    return textAt(objectAt(live, 'properties'), 'compute') !== undefined;
}
function trafficOf(live, key) {
    const entries = Object.entries((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectAt */ .lJ)(live, 'properties'), key));
    return (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalTraffic */ .ad)(Object.fromEntries(entries.map(([name, weight]) => [name, Number(weight)])));
}


/***/ })

};
