/** Whether a host, with or without a port, is this machine. */
export function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?$/i.test(host);
}
