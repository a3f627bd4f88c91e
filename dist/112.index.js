export const id = 112;
export const ids = [112];
export const modules = {

/***/ 21112:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  action: () => (/* binding */ action)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(96421);
// EXTERNAL MODULE: ./src/host.ts
var host = __webpack_require__(82237);
// EXTERNAL MODULE: ./src/signals.ts
var signals = __webpack_require__(50970);
// EXTERNAL MODULE: ./src/journal.ts
var journal = __webpack_require__(82588);
;// CONCATENATED MODULE: ./src/report/outputs.ts
/**
 * The outputs of an operation that has ended. Those of a single endpoint are set only when there was just one;
 * `endpoints` always, and never with a token in it.
 */
function outputsOf(outcome) {
    const [only, ...others] = outcome.endpoints;
    return withoutEmpty({
        ...(only && others.length === 0 ? scalars(only) : {}),
        endpoints: JSON.stringify(Object.fromEntries(outcome.endpoints.map(entry))),
        changed: String(outcome.endpoints.some((endpoint) => endpoint.changed)),
        status: overall(outcome),
        ...outcome.outputs,
    });
}
/** The outputs of an operation that could not go on. */
function failedOutputs(reason) {
    return { endpoints: '{}', status: 'failed', 'failure-reason': reason };
}
function scalars(endpoint) {
    return {
        'scoring-url': endpoint.scoringUrl,
        'swagger-url': endpoint.swaggerUrl,
        'provisioning-state': endpoint.provisioningState,
        'principal-id': endpoint.principalId,
        traffic: endpoint.traffic && JSON.stringify(endpoint.traffic),
    };
}
function entry({ name, scoringUrl, provisioningState, traffic, changed, status }) {
    return [name, { scoringUrl, provisioningState, traffic, changed, status }];
}
function overall({ endpoints, failures = [] }) {
    if (failures.length > 0)
        return 'failed';
    return endpoints.length > 0 && endpoints.every(({ status }) => status === 'unchanged') ? 'unchanged' : 'succeeded';
}
function withoutEmpty(outputs) {
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined && value !== ''));
}

// EXTERNAL MODULE: ./src/report/problem.ts
var problem = __webpack_require__(5949);
// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __webpack_require__(27079);
;// CONCATENATED MODULE: ./src/report/runner.ts


/** Writes to the log of a GitHub runner, as annotations where there is a place to point at. */
function runnerReport() {
    const { add, apply } = (0,redaction/* redaction */.G)();
    const clean = (message) => apply(message);
    return {
        mask(secret) {
            if (secret.trim() === '')
                return;
            core/* setSecret */.Pq(secret);
            add(secret);
        },
        debug: (message) => core/* debug */.Yz(clean(message)),
        info: (message) => core/* info */.pq(harmless(clean(message))),
        notice: (message, at) => core/* notice */.lm(clean(message), annotation(at)),
        warning: (message, at) => core/* warning */.$e(clean(message), annotation(at)),
        error: (message, at) => core/* error */.z3(clean(message), annotation(at)),
    };
}
/**
 * The runner takes a line that begins with `::`, and `##[` anywhere, for a command. Text of services and models must not
 * become one. Source: actions/runner, `ActionCommand.cs`.
 */
function harmless(text) {
    return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '##\u200b[');
}
function annotation(at = {}) {
    return {
        ...(at.file === undefined ? {} : { file: at.file }),
        ...(at.line === undefined ? {} : { startLine: at.line }),
        ...(at.column === undefined ? {} : { startColumn: at.column }),
    };
}

// EXTERNAL MODULE: ./src/plan/show.ts
var show = __webpack_require__(22270);
// EXTERNAL MODULE: ./src/spec/traffic.ts
var spec_traffic = __webpack_require__(43906);
// EXTERNAL MODULE: ./src/report/table.ts
var table = __webpack_require__(790);
;// CONCATENATED MODULE: ./src/report/summary.ts




/** GitHub drops a summary of more than one mebibyte as a whole. */
const LARGEST_SUMMARY = 900_000;
/** The job summary of an operation: how it ended, what changed, and why what failed did. Never a secret. */
function summaryMarkdown(operation, outcome) {
    const failures = outcome.failures ?? [];
    const parts = [
        `### Azure ML online endpoints: ${operation}`,
        ...failures.map((failure) => `❌ ${(0,table/* markdownText */.p7)((0,problem/* reasonOf */.A)(failure))}`),
        endpointTable(outcome.endpoints),
        ...(outcome.plans ?? []).filter(({ action }) => action !== 'none').map((plan) => planTable(plan, operation)),
    ].filter((part) => part !== '');
    return withinLimit(`${parts.join('\n\n')}\n`);
}
function failureMarkdown(operation, error) {
    return summaryMarkdown(operation, { endpoints: [], failures: [error] });
}
function endpointTable(endpoints) {
    if (endpoints.length === 0)
        return '';
    const rows = endpoints.map(({ name, status, provisioningState, traffic, scoringUrl }) => [
        name,
        status,
        provisioningState ?? '',
        traffic ? (0,spec_traffic/* formatTraffic */.zM)(traffic) : '',
        scoringUrl ?? '',
    ]);
    return (0,table/* markdownTable */.Qj)(['endpoint', 'status', 'state', 'traffic', 'scoring URL'], rows);
}
function planTable(plan, operation) {
    const verb = { create: 'create', update: 'update', none: '' }[plan.action];
    const title = operation === 'plan' ? `to ${verb}` : `${verb}d`;
    const rows = plan.changes.map((change) => [(0,show/* sign */._S)(change), change.path, (0,show/* values */.zu)(change)]);
    return `**${(0,table/* markdownText */.p7)(plan.name)}** (${title})\n\n${(0,table/* markdownTable */.Qj)(['', 'field', 'change'], rows)}`;
}
function withinLimit(markdown) {
    if (Buffer.byteLength(markdown) <= LARGEST_SUMMARY)
        return markdown;
    const cut = Buffer.from(markdown).subarray(0, LARGEST_SUMMARY).toString('utf8');
    return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\nThe rest is in the log.\n`;
}

// EXTERNAL MODULE: ./src/run.ts + 6 modules
var run = __webpack_require__(14569);
;// CONCATENATED MODULE: ./src/action.ts









/** The runner's face, for the main step and its post step. */
async function action() {
    const isPost = core/* getState */.Gu('isPost') === 'true';
    process.exitCode = isPost ? await post() : await main();
}
async function main() {
    core/* saveState */.LZ('isPost', 'true');
    const deps = runnerDeps();
    const exitCode = await (0,run/* run */.e)({ input: core/* getInput */.V4, deps, finish: (ending) => handOver(ending, deps) });
    return exitCode;
}
/** When the main step had to leave something under way in Azure, the post step shows how it stands now. */
async function post() {
    const open = JSON.parse(core/* getState */.Gu('underWay') || '[]');
    if (open.length === 0)
        return 0;
    core/* info */.pq(`left under way in Azure: ${open.map((entry) => entry.what).join(', ')}`);
    const show = { operation: 'show', endpoint: open.map((entry) => entry.endpoint).join(',') };
    const deps = runnerDeps();
    await (0,run/* run */.e)({
        input: (name) => show[name] ?? (SIGN_IN_INPUTS.has(name) ? core/* getInput */.V4(name) : ''),
        deps,
        finish: async (ending) => logAnswer(ending, deps),
    });
    return 0;
}
const SIGN_IN_INPUTS = new Set([
    'subscription-id',
    'resource-group',
    'workspace-name',
    'tenant-id',
    'client-id',
    'cloud',
    'resource-manager-endpoint',
    'api-version',
]);
function runnerDeps() {
    return {
        env: process.env,
        files: host/* hostFiles */.q,
        clock: host/* hostClock */.j,
        signal: (0,signals/* cancelOnSignals */.d)(process),
        report: runnerReport(),
        journal: (0,journal/* journal */.W)((open) => core/* saveState */.LZ('underWay', JSON.stringify(open))),
    };
}
async function handOver(ending, deps) {
    logAnswer(ending, deps);
    const outputs = 'error' in ending ? failedOutputs((0,problem/* reasonOf */.A)(ending.error)) : outputsOf(ending.outcome);
    for (const [name, value] of Object.entries(outputs))
        core/* setOutput */.uH(name, value);
    if (!process.env['GITHUB_STEP_SUMMARY'])
        return;
    const operation = core/* getInput */.V4('operation');
    const markdown = 'error' in ending ? failureMarkdown(operation, ending.error) : summaryMarkdown(operation, ending.outcome);
    await core/* summary */.z.addRaw(markdown).write();
}
function logAnswer(ending, { report }) {
    if ('outcome' in ending && ending.outcome.answer && !ending.outcome.secret)
        report.info(ending.outcome.answer);
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


/***/ }),

/***/ 790:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qj: () => (/* binding */ markdownTable),
/* harmony export */   ed: () => (/* binding */ textTable),
/* harmony export */   p7: () => (/* binding */ markdownText)
/* harmony export */ });
/** A table for terminals and logs: columns as wide as their widest cell, two spaces between them. */
function textTable(header, rows) {
    const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
    const line = (cells) => cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
    return [header, ...rows].map(line).join('\n');
}
/** The same table in Markdown, with every cell made harmless. */
function markdownTable(header, rows) {
    const line = (cells) => `| ${cells.map(markdownText).join(' | ')} |`;
    return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}
/**
 * Text that Markdown and HTML show as it is. Names, tags and messages of services come from outside, and a job summary
 * renders whatever it is given.
 */
function markdownText(text) {
    return text
        .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/[\\`*_{}[\]()#+!|~@]/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/\s+/g, ' ');
}


/***/ })

};
