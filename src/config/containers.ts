/** The containers of a deployment that have a log, in the words of `az ml online-deployment get-logs`. */
export const CONTAINERS = ['inference-server', 'storage-initializer', 'model-data-collector'] as const;

export type Container = (typeof CONTAINERS)[number];
