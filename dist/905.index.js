export const id = 905;
export const ids = [905];
export const modules = {

/***/ 37905:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  update: () => (/* binding */ update),
  writeAll: () => (/* binding */ writeAll)
});

// EXTERNAL MODULE: ./src/azure/connect.ts + 3 modules
var connect = __webpack_require__(8015);
// EXTERNAL MODULE: ./src/azure/endpoints.ts
var endpoints = __webpack_require__(9713);
// EXTERNAL MODULE: ./src/operations/desired.ts + 11 modules
var desired = __webpack_require__(7199);
;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}

// EXTERNAL MODULE: ./src/failure.ts
var failure = __webpack_require__(1633);
;// CONCATENATED MODULE: ./src/operations/each.ts


/**
 * Works on several endpoints side by side and to the end, whatever happens to some of them.
 * With a single endpoint its error is thrown as it is.
 */
async function eachEndpoint(specs, concurrency, work) {
    const [only, ...others] = specs;
    if (only && others.length === 0)
        return { done: [await work(only)], failed: [] };
    const settled = await pLimit(concurrency).map(specs, async (spec) => {
        try {
            return { done: await work(spec) };
        }
        catch (error) {
            return { failed: withName(error, spec.name) };
        }
    });
    return {
        done: settled.flatMap((each) => ('done' in each ? [each.done] : [])),
        failed: settled.flatMap((each) => ('failed' in each ? [each.failed] : [])),
    };
}
/** Faults have their file; any other error has to say whose it is. */
function withName(error, name) {
    if (error instanceof failure/* InputFaults */.qv || !(error instanceof Error) || error.message.includes(name))
        return error;
    return error instanceof failure/* Failure */.HR ? new failure/* Failure */.HR(`endpoint ${name}: ${error.message}`, error.details) : error;
}

// EXTERNAL MODULE: ./src/operations/guards.ts
var guards = __webpack_require__(79226);
// EXTERNAL MODULE: ./src/operations/limits.ts
var limits = __webpack_require__(62424);
// EXTERNAL MODULE: ./src/operations/write.ts
var write = __webpack_require__(35601);
// EXTERNAL MODULE: ./src/operations/written.ts
var written = __webpack_require__(83493);
;// CONCATENATED MODULE: ./src/operations/update.ts








/** Brings live endpoints to their YAML at once; an error for one that is not there. */
function update(config, deps) {
    return writeAll(config, deps, async (workspace, { name }) => {
        await (0,endpoints/* needEndpoint */.CG)(workspace, name);
    });
}
/**
 * Writes several endpoints side by side. One that fails does not keep the others from being written.
 * @param absent what to do about an endpoint that is not there; throws where that is an error
 */
async function writeAll(config, deps, absent) {
    const specs = await (0,desired/* desiredEndpoints */.H)(config.request, deps);
    const connected = await (0,connect/* connect */.Ng)(config.azure, deps, (0,limits/* limitsFromNow */.z)(deps, config.timeout));
    const confirmed = (0,guards/* confirmation */.E)(config.confirm, deps);
    const { done, failed } = await eachEndpoint(specs, config.maxConcurrency, (spec) => {
        const workspace = connected.within((0,limits/* limitsFromNow */.z)(deps, config.timeout));
        return (0,write/* writeEndpoint */.x)(workspace, spec, {
            journal: deps.journal,
            check: async (plan, live) => {
                if (!live)
                    await absent(workspace, spec);
                await (0,guards/* checkWrite */.G)(workspace, spec, plan, live, confirmed);
            },
        });
    });
    return (0,written/* writtenOutcome */.G)(done, failed);
}


/***/ })

};
