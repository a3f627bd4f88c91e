export const id = 132;
export const ids = [132];
export const modules = {

/***/ 89132:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   list: () => (/* binding */ list)
/* harmony export */ });
/* harmony import */ var _azure_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8015);
/* harmony import */ var _azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9713);
/* harmony import */ var _plan_live_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16905);
/* harmony import */ var _report_table_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(790);
/* harmony import */ var _spec_select_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(44639);
/* harmony import */ var _spec_traffic_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(43906);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62424);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(94649);








/** Lists the endpoints of the workspace, a line each. */
async function list(config, deps) {
    const workspace = await (0,_azure_connect_js__WEBPACK_IMPORTED_MODULE_0__/* .connect */ .Ng)(config.azure, deps, (0,_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .limitsFromNow */ .z)(deps, _limits_js__WEBPACK_IMPORTED_MODULE_5__/* .READING_TIME */ .t));
    const endpoints = (await (0,_azure_endpoints_js__WEBPACK_IMPORTED_MODULE_1__/* .listEndpoints */ .v9)(workspace))
        .filter((live) => (0,_spec_select_js__WEBPACK_IMPORTED_MODULE_6__/* .matchesSelection */ ._w)((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .liveName */ .Wg)(live), config.select))
        .sort((a, b) => (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .liveName */ .Wg)(a).localeCompare((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .liveName */ .Wg)(b)));
    const rows = endpoints.map((live) => [
        (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .liveName */ .Wg)(live),
        (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .provisioningState */ .vl)(live),
        (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_3__/* .formatTraffic */ .zM)((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .liveTraffic */ .m8)(live)),
        (0,_spec_traffic_js__WEBPACK_IMPORTED_MODULE_3__/* .formatTraffic */ .zM)((0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .liveMirrorTraffic */ .p)(live)),
        (0,_plan_live_js__WEBPACK_IMPORTED_MODULE_2__/* .scoringUrl */ .Po)(live) ?? '',
    ]);
    return {
        endpoints: endpoints.map((live) => (0,_result_js__WEBPACK_IMPORTED_MODULE_4__/* .resultOf */ .B)(live, false)),
        answer: rows.length > 0 ? (0,_report_table_js__WEBPACK_IMPORTED_MODULE_7__/* .textTable */ .ed)(['endpoint', 'state', 'traffic', 'mirror', 'scoring URL'], rows) : 'no endpoints',
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


/***/ }),

/***/ 44639:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YQ: () => (/* binding */ matchesWord),
/* harmony export */   _w: () => (/* binding */ matchesSelection),
/* harmony export */   fg: () => (/* binding */ isGlob)
/* harmony export */ });
/** Whether a word of a selection is a glob: `*` stands for any characters, `?` for exactly one. */
function isGlob(word) {
    return /[*?]/.test(word);
}
/** Whether `name` is selected by any of the names or globs. Case does not count, as in Azure. */
function matchesSelection(name, select) {
    return select.some((word) => matchesWord(name, word));
}
/** Whether `name` is the one that `word` names, or one that it matches as a glob. */
function matchesWord(name, word) {
    return isGlob(word) ? globPattern(word).test(name) : word.toLowerCase() === name.toLowerCase();
}
function globPattern(glob) {
    const source = glob
        .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
        .replace(/\*+/g, '.*')
        .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 'i');
}


/***/ })

};
