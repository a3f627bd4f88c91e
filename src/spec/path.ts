/** The folder that a file is in; empty for the working directory. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** A folder as it was written, without slashes at its end. */
export function folderPath(folder: string): string {
  return folder.replace(/(?<=.)[\\/]+$/, '') || '.';
}

/** A path from a folder, without `.`, without `..` where it can be had, and without a slash at its end. */
export function joined(folder: string, path: string): string {
  const whole = isAbsolute(path) || folder === '' ? path : `${folder}/${path}`;
  const steps: string[] = [];
  for (const step of whole.split('/')) {
    if (step === '' || step === '.') continue;
    const last = steps.at(-1);
    if (step === '..' && last !== undefined && last !== '..') steps.pop();
    else if (step !== '..' || !whole.startsWith('/')) steps.push(step);
  }
  return `${whole.startsWith('/') ? '/' : ''}${steps.join('/')}` || '.';
}

export function isAbsolute(path: string): boolean {
  return /^(?:\/|[a-z]:\/)/i.test(path);
}

/** How a file in `folder` writes `path`, both seen from the working directory. */
export function relativeFrom(folder: string, path: string): string {
  const [from, to] = [stepsOf(joined('', folder)), stepsOf(path)];
  const common = from.findIndex((step, index) => step !== to[index]);
  const shared = common === -1 ? from.length : common;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}

/** The working directory itself has none. */
function stepsOf(path: string): string[] {
  return path === '.' ? [] : path.split('/');
}

/** Whether the path is outside the working directory by its words alone. */
export function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith('../');
}
