export const id = 199;
export const ids = [199];
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

/***/ 7199:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ desiredEndpoints)
});

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
;// CONCATENATED MODULE: ./src/spec/annotate.ts
/**
 * Collects where each key stands and which values came from placeholders, by path. Names of deployments are in lower
 * case, as in a split. A key that came by an override stands nowhere.
 */
function annotate(root) {
    const annotations = { positions: new Map(), placeholders: new Map() };
    visit(root, '', annotations);
    return annotations;
}
function visit(node, path, annotations) {
    if (node.kind === 'scalar' && node.placeholder !== undefined)
        annotations.placeholders.set(path, node.placeholder);
    if (node.kind === 'list')
        node.items.forEach((item, index) => visit(item, `${path}[${index}]`, annotations));
    if (node.kind !== 'map')
        return;
    const namesDeployments = path === 'traffic' || path === 'mirror_traffic';
    for (const { key, keyPlace, value } of node.entries) {
        const inner = `${path ? `${path}.` : ''}${namesDeployments ? key.toLowerCase() : key}`;
        if ('line' in keyPlace)
            annotations.positions.set(inner, keyPlace);
        visit(value, inner, annotations);
    }
}

// EXTERNAL MODULE: ./src/spec/names.ts
var names = __webpack_require__(49891);
// EXTERNAL MODULE: ./src/spec/nearest.ts
var nearest = __webpack_require__(30073);
;// CONCATENATED MODULE: ./src/spec/schema.ts

const AUTH_MODES = {
    key: 'Key',
    aml_token: 'AMLToken',
    aad_token: 'AADToken',
};
const IDENTITY_TYPES = {
    system_assigned: 'SystemAssigned',
    user_assigned: 'UserAssigned',
    'system_assigned,user_assigned': 'SystemAssigned,UserAssigned',
    none: 'None',
};
const NETWORK_ACCESS = {
    enabled: 'Enabled',
    disabled: 'Disabled',
};
const ARM_ID = { words: 'an ARM id (/subscriptions/...)', test: (text) => text.trim() !== '' };
const COMPUTE = {
    words: 'azureml:<name> or a whole ARM id (/subscriptions/...)',
    test: (text) => /^(?:azureml:[^\s:/]+|(?:azureml:)?\/subscriptions\/\S+\/computes\/[^\s/]+)$/i.test(text),
};
const READ_ONLY = { type: 'ignored', description: 'Set by Azure; accepted as az ml writes it, and not used.' };
const IDENTITY = {
    type: { type: 'choice', values: IDENTITY_TYPES, required: true, description: 'The kind of identity.' },
    user_assigned_identities: {
        type: 'list',
        maximum: 1,
        tooMany: 'Only 1 user assigned identity is currently supported',
        of: {
            type: 'text-or-object',
            text: { type: 'text', form: ARM_ID },
            object: {
                type: 'object',
                keys: {
                    resource_id: { type: 'text', form: ARM_ID, required: true, description: 'ARM id of the identity.' },
                    client_id: READ_ONLY,
                    object_id: READ_ONLY,
                },
            },
        },
        description: 'ARM ids of the user-assigned identities, as text or as maps with resource_id.',
    },
    principal_id: READ_ONLY,
    tenant_id: READ_ONLY,
};
/**
 * Every key of an online endpoint's YAML, for managed and Kubernetes endpoints. The checks read this table.
 * Source: Microsoft Learn, reference-yaml-endpoint-online; azure-ai-ml, `_schema/_endpoint/online/online_endpoint.py`.
 */
const ENDPOINT_KEYS = {
    $schema: { type: 'text', description: 'The schema that an editor checks the file with.' },
    name: {
        type: 'text',
        form: { words: names/* NAME_RULE */.$h, test: names/* isValidEndpointName */.j8 },
        required: true,
        description: `Name of the endpoint, equal to the name of the file: ${names/* NAME_RULE */.$h}.`,
    },
    description: { type: 'text', description: 'What the endpoint is for.' },
    tags: {
        type: 'record',
        of: { type: 'label' },
        keys: 'any',
        example: '{owner: ml}',
        description: 'Tags, merged into those of Azure key by key; null removes one.',
    },
    properties: {
        type: 'record',
        of: { type: 'text' },
        keys: 'any',
        example: '{key: value}',
        description: 'Properties, which Azure lets be added but never removed.',
    },
    auth_mode: { type: 'choice', values: AUTH_MODES, description: 'How callers prove who they are.' },
    identity: { type: 'object', keys: IDENTITY, description: 'The identity that the endpoint acts with.' },
    traffic: {
        type: 'record',
        of: { type: 'integer', minimum: 0, maximum: 100 },
        keys: 'deployment',
        example: '{blue: 100}',
        description: 'Percent of the live traffic for each deployment; adds up to 0 or 100.',
    },
    mirror_traffic: {
        type: 'record',
        of: { type: 'integer', minimum: 0, maximum: 50 },
        keys: 'deployment',
        example: '{green: 10}',
        only: 'managed',
        description: 'Percent of the live traffic that is copied to one deployment, at most 50.',
    },
    public_network_access: {
        type: 'choice',
        values: NETWORK_ACCESS,
        only: 'managed',
        description: 'Whether the scoring URL answers from outside of the private network.',
    },
    compute: { type: 'text', form: COMPUTE, description: 'The Kubernetes compute; makes the endpoint a Kubernetes one.' },
    location: { type: 'ignored', description: 'Accepted and not used: an endpoint is in the region of its workspace.' },
    id: READ_ONLY,
    kind: READ_ONLY,
    provisioning_state: READ_ONLY,
    scoring_uri: READ_ONLY,
    openapi_uri: READ_ONLY,
};
/**
 * Keys that only a deployment has.
 * Source: Microsoft Learn, reference-yaml-deployment-managed-online and reference-yaml-deployment-kubernetes-online.
 */
const DEPLOYMENT_KEYS = [
    'endpoint_name',
    'type',
    'model',
    'model_mount_path',
    'code_configuration',
    'environment',
    'environment_variables',
    'app_insights_enabled',
    'instance_type',
    'instance_count',
    'scale_settings',
    'request_settings',
    'liveness_probe',
    'readiness_probe',
    'startup_probe',
    'egress_public_network_access',
    'private_network_connection',
    'data_collector',
    'resources',
];
/** ARM's spelling of a choice, or nothing when the text is none of its values. */
function chosen(values, text) {
    const plain = (spelling) => spelling.toLowerCase().replace(/[-_\s]/g, '');
    return Object.entries(values).find(([spelling]) => plain(spelling) === plain(text))?.[1];
}

// EXTERNAL MODULE: ./src/spec/tree.ts
var tree = __webpack_require__(42315);
;// CONCATENATED MODULE: ./src/spec/check.ts




/** All that is wrong with a value by its shape. `path` is how messages name it. */
function shapeFaults(node, shape, path) {
    if (node.kind === 'faulty' || shape.type === 'ignored')
        return [];
    if (shape.type === 'label')
        return labelFaults(node, path);
    if (node.kind === 'scalar' && node.value === null)
        return [emptyFault(node, shape, path)];
    switch (shape.type) {
        case 'text':
            return textFaults(node, shape, path);
        case 'choice':
            return choiceFaults(node, Object.keys(shape.values), isChosen(node, shape.values), path);
        case 'integer':
            return integerFaults(node, shape, path);
        case 'record':
            return node.kind === 'map'
                ? recordFaults(node, shape, path)
                : [wrongKind(node, `a map such as ${shape.example}`, path)];
        case 'object':
            return node.kind === 'map' ? objectFaults(node, shape.keys, path) : [wrongKind(node, mapOf(shape.keys), path)];
        case 'list':
            return listFaults(node, shape, path);
        case 'text-or-object':
            return shapeFaults(node, node.kind === 'map' ? shape.object : shape.text, path);
    }
}
/** Unknown keys, and what is wrong with the values of known ones. A key that is missing is left to the caller. */
function keysFaults(map, keys, path) {
    return map.entries.flatMap((entry) => {
        const key = Object.hasOwn(keys, entry.key) ? keys[entry.key] : undefined;
        if (entry.keyPlaceholder !== undefined)
            return [placeholderKeyFault(entry)];
        if (!key)
            return [unknownKey(entry, keys, path)];
        return shapeFaults(entry.value, key, join(path, entry.key));
    });
}
function objectFaults(map, keys, path) {
    const missing = map.incomplete ? [] : Object.keys(keys).filter((key) => keys[key]?.required && !has(map, key));
    const faults = missing.map((key) => (0,tree/* faultAt */.ux)(map.place, `${path} has no ${key}${allowedHere(keys[key])}`));
    return [...faults, ...keysFaults(map, keys, path)];
}
function recordFaults(map, shape, path) {
    const faults = shape.keys === 'deployment' ? deploymentNameFaults(map, path) : [];
    for (const entry of map.entries) {
        if (shape.keys === 'any' && entry.keyPlaceholder !== undefined)
            faults.push(placeholderKeyFault(entry));
        faults.push(...shapeFaults(entry.value, shape.of, join(path, (0,tree/* shownKey */.dM)(entry))));
    }
    return faults;
}
function deploymentNameFaults(map, path) {
    const faults = [];
    const seen = new Map();
    for (const entry of map.entries) {
        const name = entry.key.toLowerCase();
        const twin = seen.get(name);
        if (!(0,names/* isValidDeploymentName */.zp)(name)) {
            faults.push((0,tree/* faultAt */.ux)(entry.keyPlace, `${path}: ${(0,tree/* shownKey */.dM)(entry)} is not a deployment's name: ${names/* NAME_RULE */.$h}`));
        }
        else if (twin) {
            const both = `${(0,tree/* shownKey */.dM)(twin)} and ${(0,tree/* shownKey */.dM)(entry)}`;
            faults.push((0,tree/* faultAt */.ux)(entry.keyPlace, `${path}: ${both} are one deployment; names compare without case`));
        }
        seen.set(name, entry);
    }
    return faults;
}
function listFaults(node, shape, path) {
    if (node.kind !== 'list')
        return [wrongKind(node, 'a list', path)];
    const extra = node.items[shape.maximum];
    const faults = node.items.flatMap((item, index) => shapeFaults(item, shape.of, `${path}[${index}]`));
    return extra ? [...faults, (0,tree/* faultAt */.ux)(extra.place, shape.tooMany)] : faults;
}
function labelFaults(node, path) {
    if (node.kind === 'scalar')
        return [];
    return [wrongKind(node, 'text, a number, true, false or null', path)];
}
function textFaults(node, shape, path) {
    const { form } = shape;
    if (node.kind !== 'scalar')
        return [wrongKind(node, form?.words ?? 'text', path)];
    if (typeof node.value !== 'string') {
        const what = typeof node.value === 'number' ? 'a number' : 'a boolean';
        return [(0,tree/* faultAt */.ux)(node.place, `${path} must be text, and ${(0,tree/* shownValue */.JJ)(node)} is ${what}; write "${rawText(node)}"`)];
    }
    return !form || form.test(node.value) ? [] : [wrongKind(node, form.words, path)];
}
function choiceFaults(node, allowed, matches, path) {
    return matches ? [] : [wrongKind(node, listed(allowed), path)];
}
function isChosen(node, values) {
    return node.kind === 'scalar' && chosen(values, node.text) !== undefined;
}
function integerFaults(node, shape, path) {
    const { minimum, maximum } = shape;
    const integer = (0,tree/* integerOf */.cP)(node);
    if (integer !== undefined && integer >= minimum && integer <= maximum)
        return [];
    return [wrongKind(node, `an integer from ${minimum} to ${maximum}`, path, integerHint(node))];
}
function integerHint(node) {
    if (node.kind !== 'scalar')
        return '';
    if (node.quoted)
        return `; write ${rawText(node)} without quotes`;
    if (node.placeholder !== undefined || !Number.isInteger(node.value))
        return '';
    return String(node.value) === node.text ? '' : `; write ${String(node.value)}`;
}
function emptyFault(node, shape, path) {
    if ('required' in shape)
        return (0,tree/* faultAt */.ux)(node.place, `${path} has no value${allowedHere(shape)}`);
    const instead = shape.type === 'record' ? ', or write {}' : shape.type === 'list' ? ', or write []' : '';
    return (0,tree/* faultAt */.ux)(node.place, `${path} has no value; comment the key out${instead}`);
}
function wrongKind(node, wanted, path, hint = '') {
    return (0,tree/* faultAt */.ux)(node.place, `${path} must be ${wanted}, not ${(0,tree/* shownValue */.JJ)(node)}${hint}`);
}
function placeholderKeyFault(entry) {
    const where = 'only the name of a deployment in traffic or mirror_traffic can be one';
    return (0,tree/* faultAt */.ux)(entry.keyPlace, `the placeholder ${(0,tree/* shownKey */.dM)(entry)} cannot be a key; ${where}`);
}
function unknownKey(entry, keys, path) {
    const known = Object.keys(keys);
    const near = (0,nearest/* nearest */.p)(entry.key, known);
    const name = join(path, (0,tree/* shownKey */.dM)(entry));
    const belongs = path === '' && DEPLOYMENT_KEYS.includes(entry.key);
    if (belongs)
        return (0,tree/* faultAt */.ux)(entry.keyPlace, `${name} is a deployment's key; it goes into the YAML of the deployment`);
    const advice = near ? `did you mean ${near}?` : `known keys: ${writable(keys).join(', ')}`;
    return (0,tree/* faultAt */.ux)(entry.keyPlace, `unknown key ${name}; ${advice}`);
}
function writable(keys) {
    return Object.keys(keys).filter((key) => keys[key]?.type !== 'ignored');
}
function allowedHere(shape) {
    if (shape?.type === 'choice')
        return `; write ${listed(Object.keys(shape.values))}`;
    return shape?.type === 'text' && shape.form ? `; write ${shape.form.words}` : '';
}
function mapOf(keys) {
    const required = Object.keys(keys).filter((key) => keys[key]?.required);
    return `a map with ${required.join(' and ')}`;
}
function has(map, key) {
    return map.entries.some((entry) => entry.key === key);
}
function rawText(node) {
    return (0,tree/* clipped */.cz)(node.placeholder ?? node.text);
}
function join(path, key) {
    return path ? `${path}.${key}` : key;
}
function listed(values) {
    const words = values.map((value) => (value.includes(',') ? `"${value}"` : value));
    return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');
}

;// CONCATENATED MODULE: ./src/spec/file-name.ts


/**
 * The faults of a `name` that is missing or, where the file must be called like it, differs from `expected`. Case does
 * not count. A name that breaks the rule of names is told by the schema, not here.
 */
function fileNameFaults(root, file, expected) {
    const name = (0,tree/* entryOf */.Ms)(root, 'name')?.value;
    if (!name)
        return root.incomplete ? [] : [(0,tree/* faultAt */.ux)(root.place, missing(expected))];
    if (name.kind !== 'scalar' || typeof name.value !== 'string' || !(0,names/* isValidEndpointName */.j8)(name.value))
        return [];
    if (expected === undefined || name.value.toLowerCase() === expected.toLowerCase())
        return [];
    return [
        (0,tree/* faultAt */.ux)(name.place, `name is ${(0,tree/* shownValue */.JJ)(name)} but the file is ${baseName(file)}; ${cure(name, file, expected)}`),
    ];
}
function missing(expected) {
    const usable = expected !== undefined && (0,names/* isValidEndpointName */.j8)(expected);
    return `name is missing; write name: ${usable ? expected : '<endpoint>'}`;
}
function cure(name, file, expected) {
    const write = `write name: ${expected}`;
    if (name.placeholder !== undefined)
        return `its value must be ${expected}`;
    const renamed = file.replace(/[^/]*(\.[^./]*)$/, `${name.text}$1`);
    const rename = `git mv ${file} ${renamed}`;
    return (0,names/* isValidEndpointName */.j8)(expected) ? `${write}, or ${rename}` : rename;
}
function baseName(file) {
    return file.slice(file.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./src/spec/identity.ts


/** The identity of a map that the schema found good. */
function identityOf(map) {
    const type = typeOf(map);
    const list = (0,tree/* entryOf */.Ms)(map, 'user_assigned_identities')?.value;
    return type && { type, userAssigned: list?.kind === 'list' ? list.items.flatMap(resourceId) : [] };
}
/** A user-assigned identity must be named, and is named only where its type asks for one. */
function identityFaults(root) {
    const identity = (0,tree/* entryOf */.Ms)(root, 'identity')?.value;
    if (identity?.kind !== 'map')
        return [];
    const type = (0,tree/* entryOf */.Ms)(identity, 'type')?.value;
    const list = (0,tree/* entryOf */.Ms)(identity, 'user_assigned_identities');
    const arm = typeOf(identity);
    if (!type || !arm || (list && list.value.kind !== 'list'))
        return [];
    const count = list?.value.kind === 'list' ? list.value.items.length : 0;
    const wantsOne = arm.includes('UserAssigned');
    if (wantsOne && count === 0 && !identity.incomplete) {
        return [(0,tree/* faultAt */.ux)(type.place, 'identity.type user_assigned needs the ARM id of one in user_assigned_identities')];
    }
    if (wantsOne || !list || count === 0)
        return [];
    const allowed = 'user_assigned_identities goes only with type user_assigned';
    return [(0,tree/* faultAt */.ux)(list.keyPlace, `identity.${allowed}; remove it or change the type`)];
}
function typeOf(identity) {
    const type = (0,tree/* entryOf */.Ms)(identity, 'type')?.value;
    return type?.kind === 'scalar' ? chosen(IDENTITY_TYPES, type.text) : undefined;
}
/** Written as text (Microsoft Learn) or as a map with `resource_id` (azure-ai-ml and its examples). */
function resourceId(item) {
    const id = item.kind === 'map' ? (0,tree/* entryOf */.Ms)(item, 'resource_id')?.value : item;
    return id?.kind === 'scalar' ? [id.text] : [];
}

;// CONCATENATED MODULE: ./src/spec/kind.ts


const OF_ENDPOINTS = ['managedonlineendpoint', 'kubernetesonlineendpoint'];
/** A compute, or a `$schema` of Kubernetes endpoints, makes an endpoint a Kubernetes one, as in azure-ai-ml. */
function kindOf(root) {
    const isKubernetes = (0,tree/* entryOf */.Ms)(root, 'compute') || schemaName(root) === 'kubernetesonlineendpoint';
    return isKubernetes ? 'kubernetes' : 'managed';
}
/** The fault of a file whose `$schema` says that it describes something else than an online endpoint. */
function otherSchemaFault(root) {
    if (root.kind !== 'map')
        return undefined;
    const value = (0,tree/* entryOf */.Ms)(root, '$schema')?.value;
    const name = schemaName(root);
    if (!value || name === undefined || OF_ENDPOINTS.includes(name))
        return undefined;
    if (name.endsWith('deployment')) {
        return (0,tree/* faultAt */.ux)(value.place, 'this file is a deployment, not an endpoint; move it out of this folder');
    }
    const isAzures = value.kind === 'scalar' && /\/\/azureml/i.test(value.text);
    const allowed = 'managedOnlineEndpoint.schema.json or kubernetesOnlineEndpoint.schema.json';
    return isAzures ? (0,tree/* faultAt */.ux)(value.place, `$schema must name ${allowed}, not ${(0,tree/* shownValue */.JJ)(value)}`) : undefined;
}
/** Keys and values that the endpoint's kind does not have, and the compute that a Kubernetes endpoint lacks. */
function kindFaults(root) {
    if (kindOf(root) === 'managed')
        return [];
    const compute = (0,tree/* entryOf */.Ms)(root, 'compute');
    const because = `managed endpoints only, and ${compute ? 'compute' : '$schema'} makes this a Kubernetes one`;
    const faults = root.entries
        .filter(({ key }) => Object.hasOwn(ENDPOINT_KEYS, key) && ENDPOINT_KEYS[key]?.only === 'managed')
        .map(({ key, keyPlace }) => (0,tree/* faultAt */.ux)(keyPlace, `${key} is for ${because}`));
    const mode = (0,tree/* entryOf */.Ms)(root, 'auth_mode')?.value;
    if (mode?.kind === 'scalar' && chosen(AUTH_MODES, mode.text) === 'AADToken') {
        faults.push((0,tree/* faultAt */.ux)(mode.place, `auth_mode ${(0,tree/* shownValue */.JJ)(mode)} is for ${because}; write key or aml_token`));
    }
    const schema = (0,tree/* entryOf */.Ms)(root, '$schema');
    if (schema && !compute && !root.incomplete) {
        faults.push((0,tree/* faultAt */.ux)(schema.keyPlace, 'a Kubernetes endpoint needs a compute; write compute: azureml:<name>'));
    }
    return faults;
}
/** `managedonlineendpoint` of `…/latest/managedOnlineEndpoint.schema.json`. */
function schemaName(root) {
    const value = (0,tree/* entryOf */.Ms)(root, '$schema')?.value;
    const text = value?.kind === 'scalar' ? value.text : '';
    return /([^/]+)\.schema\.json$/i.exec(text)?.[1]?.toLowerCase();
}

;// CONCATENATED MODULE: ./src/spec/lines.ts
/** Gives the place of each offset of a text. Columns count UTF-16 code units, as editors do. */
function positionsIn(text, file) {
    const starts = [0];
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1))
        starts.push(end + 1);
    return (offset) => {
        const within = Math.min(Math.max(offset, 0), text.length);
        const line = lastAtMost(starts, within);
        return { file, line: line + 1, column: within - (starts[line] ?? 0) + 1 };
    };
}
/** The index of the last of the ascending `starts` that is not beyond `offset`. */
function lastAtMost(starts, offset) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

// EXTERNAL MODULE: ./src/spec/override.ts
var override = __webpack_require__(70855);
// EXTERNAL MODULE: ./src/spec/parse.ts + 1 modules
var parse = __webpack_require__(75914);
// EXTERNAL MODULE: ./src/spec/traffic.ts
var traffic = __webpack_require__(43906);
;// CONCATENATED MODULE: ./src/spec/split.ts


/** The split that a map gives, in canonical form. The map must have been found good by the schema. */
function splitOf(node) {
    return (0,traffic/* canonicalTraffic */.ad)(Object.fromEntries((weightsOf(node) ?? []).map(({ name, percent }) => [name, percent])));
}
/**
 * What the schema of single values cannot see: the total of `traffic`, and a mirror beside live traffic.
 * Source: Microsoft Learn, reference-yaml-endpoint-online and how-to-safely-rollout-online-endpoints.
 */
function splitFaults(root) {
    const traffic = (0,tree/* entryOf */.Ms)(root, 'traffic');
    const mirror = (0,tree/* entryOf */.Ms)(root, 'mirror_traffic');
    const live = traffic && weightsOf(traffic.value);
    const mirrored = (mirror && weightsOf(mirror.value))?.filter(({ percent }) => percent > 0) ?? [];
    return [
        ...(traffic && live ? totalFaults(traffic, live) : []),
        ...mirrored.slice(1, 2).map(({ entry }) => (0,tree/* faultAt */.ux)(entry.keyPlace, 'mirror_traffic takes only one deployment')),
        ...mirrored.filter((weight) => isLive(weight, live)).map(liveMirrorFault),
    ];
}
/** A total would give the value of a placeholder away, so it is told only where there is none. */
function totalFaults(traffic, weights) {
    const total = weights.reduce((sum, { percent }) => sum + percent, 0);
    if (total === 0 || total === 100)
        return [];
    const split = weights.map(({ entry }) => `${(0,tree/* shownKey */.dM)(entry)}=${(0,tree/* shownValue */.JJ)(entry.value)}`).join(' ');
    const open = weights.every(({ entry }) => entry.value.kind === 'scalar' && entry.value.placeholder === undefined);
    const found = open ? `${split} adds up to ${total}` : `${split} does not`;
    const overridden = weights.find(({ entry }) => 'override' in entry.value.place)?.entry.value.place;
    return [(0,tree/* faultAt */.ux)(overridden ?? traffic.keyPlace, `traffic must add up to 100, or to 0 for none at all; ${found}`)];
}
function isLive({ name }, live) {
    return live?.some((weight) => weight.name === name && weight.percent > 0) ?? false;
}
function liveMirrorFault({ entry }) {
    const name = (0,tree/* shownKey */.dM)(entry);
    return (0,tree/* faultAt */.ux)(entry.keyPlace, `mirror_traffic: ${name} has live traffic too; a deployment has one or the other`);
}
/** Nothing where a weight or a key is faulty, since then no more can be said. */
function weightsOf(node) {
    if (node.kind !== 'map' || node.incomplete)
        return undefined;
    const weights = node.entries.flatMap((entry) => {
        const percent = (0,tree/* integerOf */.cP)(entry.value);
        return percent !== undefined && percent <= 100 ? [{ entry, name: entry.key.toLowerCase(), percent }] : [];
    });
    return weights.length === node.entries.length ? weights : undefined;
}

;// CONCATENATED MODULE: ./src/spec/endpoint.ts











const MOST_FAULTS = 50;
/** Reads the text of one endpoint's file. Never throws: whatever the text is, it is an endpoint or has faults in it. */
function readEndpoint(text, file, options = {}) {
    const { overrides = [], env = {}, expectedName } = options;
    const place = positionsIn(text, file);
    if (!text.isWellFormed())
        return { faults: [(0,tree/* faultAt */.ux)(place(0), 'is not text: it holds half a character')] };
    const parsed = (0,parse/* parseTree */.c)(text, { place, env });
    if (!parsed.tree)
        return { faults: parsed.faults };
    const overridden = (0,override/* applyOverrides */.i)(parsed.tree, overrides, env);
    const faults = [...parsed.faults, ...overridden.faults];
    const root = overridden.tree;
    const other = otherSchemaFault(root);
    if (other)
        return { faults: [other] };
    if (root.kind !== 'map')
        return { faults: worthTelling([...faults, ...notAMap(root)]) };
    for (const fault of endpointFaults(root, file, expectedName))
        faults.push(fault);
    return faults.length > 0 ? { faults: worthTelling(faults) } : { spec: specOf(root, file), faults };
}
function endpointFaults(root, file, expectedName) {
    return [
        ...keysFaults(root, ENDPOINT_KEYS, ''),
        ...fileNameFaults(root, file, expectedName),
        ...kindFaults(root),
        ...identityFaults(root),
        ...splitFaults(root),
    ];
}
function notAMap(root) {
    if (root.kind === 'faulty')
        return [];
    return [(0,tree/* faultAt */.ux)(root.place, `an endpoint is a map that starts with name: ..., not ${(0,tree/* shownValue */.JJ)(root)}`)];
}
/** An anchor's fault shows up again in each alias; and beyond some number, faults are noise. */
function worthTelling(faults) {
    const distinct = [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
    const next = distinct[MOST_FAULTS];
    if (!next)
        return distinct;
    return [
        ...distinct.slice(0, MOST_FAULTS),
        { ...next, message: `${distinct.length - MOST_FAULTS} more faults from here on` },
    ];
}
function specOf(root, file) {
    const node = (key) => (0,tree/* entryOf */.Ms)(root, key)?.value;
    const map = (key, read) => {
        const value = node(key);
        return value?.kind === 'map' ? read(value) : undefined;
    };
    return {
        name: textOf(node('name'))?.toLowerCase() ?? '',
        file,
        kind: kindOf(root),
        ...annotate(root),
        ...defined({
            description: textOf(node('description')),
            tags: map('tags', tagsOf),
            properties: map('properties', propertiesOf),
            authMode: chosen(AUTH_MODES, textOf(node('auth_mode')) ?? ''),
            identity: map('identity', identityOf),
            traffic: map('traffic', splitOf),
            mirrorTraffic: map('mirror_traffic', splitOf),
            publicNetworkAccess: chosen(NETWORK_ACCESS, textOf(node('public_network_access')) ?? ''),
            compute: textOf(node('compute'))?.replace(/^azureml:/i, ''),
        }),
    };
}
function textOf(node) {
    return node?.kind === 'scalar' ? node.text : undefined;
}
/** ARM takes only text, so numbers, booleans and dates go as they are written. */
function tagsOf(map) {
    return Object.fromEntries(map.entries.map(({ key, value }) => [key, isNull(value) ? null : (textOf(value) ?? '')]));
}
function propertiesOf(map) {
    return Object.fromEntries(map.entries.map(({ key, value }) => [key, textOf(value) ?? '']));
}
function isNull(node) {
    return node.kind === 'scalar' && node.value === null;
}
function defined(values) {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

// EXTERNAL MODULE: ./src/spec/select.ts
var spec_select = __webpack_require__(44639);
;// CONCATENATED MODULE: ./src/spec/source.ts
/** More than any endpoint needs, and little enough to parse at once. In bytes. */
const LARGEST_FILE = 1024 * 1024;
/** The text of a file without its byte order mark, or the one fault that says why it has none. Never rejects. */
async function readSource(files, file) {
    try {
        return decode(await files.read(file, LARGEST_FILE), file);
    }
    catch (error) {
        return { file, message: `cannot be read: ${reason(error)}` };
    }
}
/** What the file system said, by its code where it has one. */
function reason(error) {
    const code = error?.code;
    if (code === 'EACCES' || code === 'EPERM')
        return 'permission denied';
    if (code === 'EISDIR')
        return 'it is a folder';
    if (code === 'ENOENT')
        return 'it is gone';
    return typeof code === 'string' ? code : String(error);
}
function decode(bytes, file) {
    const fault = (message) => ({ file, line: 1, column: 1, message });
    if (bytes.length > LARGEST_FILE)
        return fault('is larger than 1 MiB; the YAML of an endpoint is a few lines');
    if (isUtf16(bytes))
        return fault('is written in UTF-16; save it as UTF-8');
    if (bytes.includes(0))
        return fault('is not text: it holds a NUL byte');
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return fault('is not valid UTF-8; save it as UTF-8');
    }
}
/** By its byte order mark, or by the zero beside each of the first two characters. */
function isUtf16([a, b, c, d]) {
    const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
    return marked || (a === 0 && c === 0 && b !== 0 && d !== 0) || (b === 0 && d === 0 && a !== 0 && c !== 0);
}

;// CONCATENATED MODULE: ./src/spec/load.ts





/**
 * Reads and checks the files of all selected endpoints at once. Only `*.yml` and `*.yaml` directly in the folder count;
 * a dot in the stem marks an overlay, which is not read here.
 * @returns the endpoints without faults, by name, and the faults of all files, by file, line and column
 */
async function loadEndpoints(files, request) {
    const folder = request.folder.replace(/(?<=.)[\\/]+$/, '') || '.';
    const found = await discover(files, folder);
    if ('message' in found)
        return { specs: [], faults: [found] };
    const selected = found.filter(({ stem }) => (0,spec_select/* matchesSelection */._w)(stem, request.select));
    const faults = [...selectionFaults(found, folder, request.select), ...overrideFaults(selected, request)];
    const overrides = selected.length === 1 ? request.overrides : [];
    const results = await Promise.all(selected.map(async (file) => withTwinFault(await read(files, file, { ...request, overrides }), file, found)));
    const specs = results.flatMap((result) => (result.spec && result.faults.length === 0 ? [result.spec] : []));
    return {
        specs: specs.sort((a, b) => compare(a.name, b.name)),
        faults: [...faults, ...results.flatMap((result) => result.faults)].sort(byPlace),
    };
}
async function discover(files, folder) {
    const names = await files.list(folder).catch((error) => {
        return { file: folder, message: `${folder}/ cannot be read: ${reason(error)}` };
    });
    if (!names)
        return { message: `${folder}/ not found; is actions/checkout missing?` };
    if ('message' in names)
        return names;
    const endpoints = names.flatMap((name) => {
        const stem = /^([^.]+)\.ya?ml$/i.exec(name)?.[1];
        return stem === undefined ? [] : [{ path: `${folder}/${name}`, stem }];
    });
    return endpoints.length > 0 ? endpoints : { message: `${folder}/ has no endpoints; write ${folder}/<endpoint>.yml` };
}
async function read(files, { path, stem }, request) {
    const source = await readSource(files, path);
    if (typeof source !== 'string')
        return { faults: [source] };
    return readEndpoint(source, path, { expectedName: stem, overrides: request.overrides, env: request.env });
}
/** Two files for one endpoint: neither can be taken for the right one. */
function withTwinFault(result, file, all) {
    const isTwin = (other) => other !== file && other.stem.toLowerCase() === file.stem.toLowerCase();
    const twin = all.find(isTwin);
    if (!twin)
        return result;
    const message = `${twin.path} describes the endpoint ${file.stem.toLowerCase()} too; keep one of the two`;
    return { faults: [{ file: file.path, line: 1, column: 1, message }, ...result.faults] };
}
function selectionFaults(found, folder, select) {
    if (select.length === 0)
        return [{ message: 'no endpoint is named; write its name, or * for all' }];
    const stems = found.map(({ stem }) => stem);
    return select
        .filter((word) => !stems.some((stem) => (0,spec_select/* matchesWord */.YQ)(stem, word)))
        .map((word) => ({ message: notFound(word, stems, folder) }));
}
function notFound(word, stems, folder) {
    const near = (0,nearest/* nearest */.p)(word.replace(/\.ya?ml$/i, ''), stems);
    const has = near ? `did you mean ${near}?` : `the folder has: ${firstFew(stems)}`;
    if ((0,spec_select/* isGlob */.fg)(word))
        return `no endpoint in ${folder}/ matches ${word}; the folder has: ${firstFew(stems)}`;
    if (!(0,names/* isValidEndpointName */.j8)(word))
        return `"${word}" is not an endpoint's name (${names/* NAME_RULE */.$h}); ${has}`;
    return `${folder}/${word}.yml not found; ${has}`;
}
/** Enough to see what is there without filling the screen. */
function firstFew(stems) {
    const shown = stems.slice(0, 10).join(', ');
    return stems.length > 10 ? `${shown} and ${stems.length - 10} more` : shown;
}
function overrideFaults(selected, { overrides }) {
    if (overrides.length === 0 || selected.length <= 1)
        return [];
    const which = firstFew(selected.map(({ stem }) => stem));
    return [{ message: `set, traffic and mirror-traffic need exactly one endpoint; selected: ${which}` }];
}
/** What belongs to no file comes first. */
function byPlace(a, b) {
    return compare(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./src/operations/desired.ts


/**
 * The endpoints as their YAML describes them.
 * @throws InputFaults with all faults of all files, when there is one
 */
async function desiredEndpoints(request, { files }) {
    const { specs, faults } = await loadEndpoints(files, request);
    if (faults.length > 0)
        throw new failure/* InputFaults */.qv(faults);
    return specs;
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
