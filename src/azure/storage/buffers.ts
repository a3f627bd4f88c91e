/** Memory that is used again and again, so that a large upload does not wait for the garbage collector. */
export interface Buffers {
  /** Lends so many bytes for the time of the work. */
  lend<T>(length: number, work: (bytes: Buffer) => Promise<T>): Promise<T>;
}

/** Less than this is not worth keeping. */
const SMALL = 64 * 1024;

/** @param size of each buffer; what is longer is made for its use alone */
export function openBuffers(size: number): Buffers {
  const free: Buffer[] = [];
  return {
    async lend(length, work) {
      if (length <= SMALL || length > size) return work(Buffer.allocUnsafe(length));
      const buffer = free.pop() ?? Buffer.allocUnsafeSlow(size);
      try {
        return await work(buffer.subarray(0, length));
      } finally {
        free.push(buffer);
      }
    },
  };
}
