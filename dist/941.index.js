export const id = 941;
export const ids = [941];
export const modules = {

/***/ 21916:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;

__webpack_unused_export__ = true;
exports.Io = __webpack_unused_export__ = void 0;
var peq = new Uint32Array(0x10000);
var myers_32 = function (a, b) {
    var n = a.length;
    var m = b.length;
    var lst = 1 << (n - 1);
    var pv = -1;
    var mv = 0;
    var sc = n;
    var i = n;
    while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
    }
    for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= ((eq & pv) + pv) ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
            sc++;
        }
        if (pv & lst) {
            sc--;
        }
        mv = (mv << 1) | 1;
        pv = (pv << 1) | ~(xv | mv);
        mv &= xv;
    }
    i = n;
    while (i--) {
        peq[a.charCodeAt(i)] = 0;
    }
    return sc;
};
var myers_x = function (b, a) {
    var n = a.length;
    var m = b.length;
    var mhc = [];
    var phc = [];
    var hsize = Math.ceil(n / 32);
    var vsize = Math.ceil(m / 32);
    for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
    }
    var j = 0;
    for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
            var eq = peq[a.charCodeAt(i)];
            var pb = (phc[(i / 32) | 0] >>> i) & 1;
            var mb = (mhc[(i / 32) | 0] >>> i) & 1;
            var xv = eq | mv_1;
            var xh = ((((eq | mb) & pv_1) + pv_1) ^ pv_1) | eq | mb;
            var ph = mv_1 | ~(xh | pv_1);
            var mh = pv_1 & xh;
            if ((ph >>> 31) ^ pb) {
                phc[(i / 32) | 0] ^= 1 << i;
            }
            if ((mh >>> 31) ^ mb) {
                mhc[(i / 32) | 0] ^= 1 << i;
            }
            ph = (ph << 1) | pb;
            mh = (mh << 1) | mb;
            pv_1 = mh | ~(xv | ph);
            mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] = 0;
        }
    }
    var mv = 0;
    var pv = -1;
    var start = j * 32;
    var vlen = Math.min(32, m - start) + start;
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
    }
    var score = m;
    for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = (phc[(i / 32) | 0] >>> i) & 1;
        var mb = (mhc[(i / 32) | 0] >>> i) & 1;
        var xv = eq | mv;
        var xh = ((((eq | mb) & pv) + pv) ^ pv) | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += (ph >>> (m - 1)) & 1;
        score -= (mh >>> (m - 1)) & 1;
        if ((ph >>> 31) ^ pb) {
            phc[(i / 32) | 0] ^= 1 << i;
        }
        if ((mh >>> 31) ^ mb) {
            mhc[(i / 32) | 0] ^= 1 << i;
        }
        ph = (ph << 1) | pb;
        mh = (mh << 1) | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
    }
    return score;
};
var distance = function (a, b) {
    if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
    }
    if (b.length === 0) {
        return a.length;
    }
    if (a.length <= 32) {
        return myers_32(a, b);
    }
    return myers_x(a, b);
};
exports.Io = distance;
var closest = function (str, arr) {
    var min_distance = Infinity;
    var min_index = 0;
    for (var i = 0; i < arr.length; i++) {
        var dist = distance(str, arr[i]);
        if (dist < min_distance) {
            min_distance = dist;
            min_index = i;
        }
    }
    return arr[min_index];
};
__webpack_unused_export__ = closest;


/***/ }),

/***/ 20941:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cli: () => (/* binding */ cli)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
// EXTERNAL MODULE: ./src/spec/nearest.ts
var nearest = __webpack_require__(30073);
// EXTERNAL MODULE: ./src/config/inputs.ts
var inputs = __webpack_require__(64389);
// EXTERNAL MODULE: ./src/config/operations.ts
var operations = __webpack_require__(95890);
;// CONCATENATED MODULE: ./src/config/help.ts


const WIDTH = 100;
const INDENT = 34;
/** The text of `--help`: of everything, or of one operation. Made of the same tables as `action.yml`. */
function helpText(operation) {
    const flags = inputs/* INPUT_NAMES */.Qh.filter((name) => name !== 'operation' && (!operation || reads(name, operation)));
    const sections = [
        operation
            ? [`Usage: node dist/index.js ${operation} [ENDPOINT] [FLAGS]`, '', `${operations/* OPERATIONS */.x[operation]}.`]
            : [
                'Usage: node dist/index.js OPERATION [ENDPOINT] [FLAGS]',
                '',
                'Makes Azure ML online endpoints equal to the YAML in endpoints/.',
            ],
        ...(operation
            ? []
            : [['Operations:', ...Object.entries(operations/* OPERATIONS */.x).map(([name, text]) => entry(name, `${text}.`))]]),
        ['Flags:', ...flags.map(flag), entry('-h, --help', 'This text; after an operation, its own flags.')],
        [
            'Exit codes:',
            entry('0', 'done'),
            entry('1', 'failed'),
            entry('2', 'faulty input or YAML; nothing was sent'),
            entry('3', 'differences under --fail-on-drift'),
            entry('130', 'cancelled'),
        ],
        ['The answer goes to standard output, everything else to standard error.'],
    ];
    return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
function reads(name, operation) {
    return (0,inputs/* inputDefinition */.O$)(name).operations.includes(operation);
}
function flag(name) {
    const { description, default: fallback, placeholder, variable } = (0,inputs/* inputDefinition */.O$)(name);
    const title = placeholder === 'BOOLEAN' ? `--${name}` : `--${name} ${placeholder}`;
    const notes = [
        fallback && placeholder !== 'BOOLEAN' && `default ${fallback}`,
        variable && `else ${variable}`,
        name === 'set' && 'repeatable',
    ];
    const note = notes.filter(Boolean).join('; ');
    return entry(title, `${description.replaceAll('`', '')}${note ? ` (${note})` : ''}`);
}
/** A title in its column, and the text beside it, wrapped. */
function entry(title, text) {
    const lines = [''];
    for (const word of text.split(' ')) {
        const last = lines.length - 1;
        if (lines[last] !== '' && lines[last].length + word.length >= WIDTH - INDENT)
            lines.push(word);
        else
            lines[last] = lines[last] === '' ? word : `${lines[last]} ${word}`;
    }
    return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(INDENT - 2)}${line}`).join('\n');
}

;// CONCATENATED MODULE: ./src/config/arguments.ts






const FLAGS = inputs/* INPUT_NAMES */.Qh.filter((name) => name !== 'operation');
/**
 * Reads `OPERATION [ENDPOINT] [--flag value]…`.
 * @throws InputFaults for a flag or an operation that does not exist
 */
function parseArguments(words) {
    const { values, positionals } = parse(words);
    const [operation, endpoint, ...rest] = positionals;
    if (values['help'] === true)
        return { help: helpText(known(operation)) };
    if (operation !== undefined && !(0,operations/* isOperation */.Y)(operation))
        throw unknownWord('operation', operation, Object.keys(operations/* OPERATIONS */.x));
    if (rest.length > 0)
        throw new failure/* InputFaults */.qv([{ message: `unexpected argument "${rest[0]}"; see --help` }]);
    if (endpoint !== undefined && values['endpoint'] !== undefined) {
        throw new failure/* InputFaults */.qv([{ message: `the endpoint is given twice: ${endpoint} and --endpoint` }]);
    }
    const given = { ...values, operation, endpoint: endpoint ?? values['endpoint'] };
    return { input: (name) => asText(given[name]) };
}
function parse(words) {
    const options = { help: { type: 'boolean', short: 'h' } };
    for (const name of FLAGS) {
        const isSwitch = (0,inputs/* inputDefinition */.O$)(name).placeholder === 'BOOLEAN';
        options[name] = { type: isSwitch ? 'boolean' : 'string', multiple: name === 'set' };
    }
    try {
        return (0,external_node_util_.parseArgs)({ args: [...words], options, allowPositionals: true, strict: true });
    }
    catch (error) {
        throw flagFault(error, words);
    }
}
function flagFault(error, words) {
    const { code, message } = error;
    const unknown = words.find((word) => word.startsWith('--') && !(0,inputs/* isInputName */.wp)(word.slice(2).split('=')[0]));
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown) {
        return unknownWord('flag', unknown.split('=')[0], FLAGS.map((name) => `--${name}`));
    }
    return new failure/* InputFaults */.qv([{ message: `${message.split('\n')[0].split('. ')[0]}; see --help` }]);
}
function unknownWord(kind, word, allowed) {
    const near = (0,nearest/* nearest */.p)(word, allowed);
    return new failure/* InputFaults */.qv([{ message: `unknown ${kind} ${word}; ${near ? `did you mean ${near}?` : 'see --help'}` }]);
}
function known(word) {
    return word !== undefined && (0,operations/* isOperation */.Y)(word) ? word : undefined;
}
function asText(value) {
    if (Array.isArray(value))
        return value.join('\n');
    return value === undefined ? '' : String(value);
}

// EXTERNAL MODULE: ./src/host.ts
var host = __webpack_require__(82237);
// EXTERNAL MODULE: ./src/journal.ts
var journal = __webpack_require__(82588);
// EXTERNAL MODULE: ./src/report/problem.ts
var problem = __webpack_require__(5949);
// EXTERNAL MODULE: external "node:readline/promises"
var promises_ = __webpack_require__(26848);
;// CONCATENATED MODULE: ./src/report/prompt.ts

/** Asks a person at a terminal to type a word; anything else, and no answer at all, means no. */
function askToConfirm(input, output, signal) {
    return async (consequence, expected) => {
        const lines = (0,promises_.createInterface)({ input, output });
        // While a line is being read, the terminal hands Ctrl-C to the reader and not to the process.
        lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
        try {
            const answer = await lines.question(`${consequence}\nType ${expected} to go on: `, { signal });
            return answer.trim().toLowerCase() === expected;
        }
        finally {
            lines.close();
        }
    };
}

// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __webpack_require__(27079);
;// CONCATENATED MODULE: ./src/report/terminal.ts



/**
 * Writes to a person's terminal: everything to standard error, so that standard output holds the answer alone. Colours
 * only on a terminal.
 */
function terminalReport(stream, env) {
    const { add, apply } = (0,redaction/* redaction */.G)();
    const onRunner = env['GITHUB_ACTIONS'] === 'true';
    const line = (text, colour) => {
        const clean = apply(text);
        stream.write(`${colour && stream.isTTY ? (0,external_node_util_.styleText)(colour, clean, { stream }) : clean}\n`);
    };
    const placed = (word, message, at) => (0,failure/* faultLine */.z9)({ ...at, message: `${word}: ${message}` });
    return {
        mask(secret) {
            add(secret);
            // `make` in a workflow: the runner reads commands from standard error too.
            if (onRunner && secret.trim() !== '')
                stream.write(`::add-mask::${escapeData(secret)}\n`);
        },
        debug(message) {
            if (env['RUNNER_DEBUG'] === '1' || env['DEBUG'])
                line(message, 'dim');
        },
        info: (message) => line(message),
        notice: (message, at) => line(placed('note', message, at), 'cyan'),
        warning: (message, at) => line(placed('warning', message, at), 'yellow'),
        error: (message, at) => line(placed('error', message, at), 'red'),
    };
}
/** Source: actions/toolkit, `command.ts`. */
function escapeData(value) {
    return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

// EXTERNAL MODULE: ./src/run.ts + 6 modules
var run = __webpack_require__(14569);
// EXTERNAL MODULE: ./src/signals.ts
var signals = __webpack_require__(50970);
;// CONCATENATED MODULE: ./src/cli.ts









/** A person's face: the answer alone on standard output, everything else on standard error. */
async function cli(words) {
    const deps = terminalDeps();
    try {
        const parsed = parseArguments(words);
        if ('help' in parsed)
            process.stdout.write(parsed.help);
        else
            process.exitCode = await (0,run/* run */.e)({ input: parsed.input, deps, finish });
    }
    catch (error) {
        if (!(error instanceof failure/* InputFaults */.qv))
            throw error;
        process.exitCode = (0,problem/* reportProblem */.k)(error, deps.report);
    }
}
function terminalDeps() {
    const onTerminal = process.stdin.isTTY && process.stderr.isTTY;
    const signal = (0,signals/* cancelOnSignals */.d)(process);
    return {
        env: process.env,
        files: host/* hostFiles */.q,
        clock: host/* hostClock */.j,
        signal,
        report: terminalReport(process.stderr, process.env),
        journal: (0,journal/* journal */.W)(),
        ...(onTerminal ? { confirm: askToConfirm(process.stdin, process.stderr, signal) } : {}),
    };
}
async function finish(ending) {
    if ('outcome' in ending && ending.outcome.answer)
        process.stdout.write(`${ending.outcome.answer}\n`);
}


/***/ }),

/***/ 30073:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21916);

/**
 * The known word that `word` was probably meant to be, or nothing when none is near. A third of the letters may be
 * wrong; case, and the choice between `-`, `_` and neither, do not count.
 */
function nearest(word, known) {
    const plain = squeeze(word);
    let best;
    let fewest = Math.max(1, Math.floor(plain.length / 3)) + 1;
    for (const candidate of known) {
        const edits = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(plain, squeeze(candidate));
        if (edits < fewest)
            [best, fewest] = [candidate, edits];
    }
    return best;
}
function squeeze(word) {
    return word.toLowerCase().replace(/[-_\s]/g, '');
}


/***/ })

};
