/** A size of virtual machine, as far as deployments and quotas look at it. */
export interface VmSize {
  readonly name: string;
  readonly family: string;
  readonly vCPUs: number;
  readonly gpus: number;
  readonly memoryGB: number;
  /** The local disk. */
  readonly maxResourceVolumeMB: number;
  /** Whether managed online endpoints take it; Azure calls that compute type `MIR`. */
  readonly inference: boolean;
}

type Row = readonly [name: string, vCPUs: number, gpus: number, memoryGB: number, diskGB: number];

/** Families with sizes of theirs: the sizes' own docs, and reference-managed-online-endpoints-vm-sku-list. */
const families: Readonly<Record<string, readonly Row[]>> = {
  standardDSv2Family: [
    ['Standard_DS1_v2', 1, 0, 3.5, 7],
    ['Standard_DS2_v2', 2, 0, 7, 14],
    ['Standard_DS3_v2', 4, 0, 14, 28],
    ['Standard_DS4_v2', 8, 0, 28, 56],
    ['Standard_DS5_v2', 16, 0, 56, 112],
  ],
  standardDASv4Family: [
    ['Standard_D2as_v4', 2, 0, 8, 16],
    ['Standard_D4as_v4', 4, 0, 16, 32],
    ['Standard_D8as_v4', 8, 0, 32, 64],
  ],
  standardESv3Family: [
    ['Standard_E2s_v3', 2, 0, 16, 32],
    ['Standard_E4s_v3', 4, 0, 32, 64],
    ['Standard_E8s_v3', 8, 0, 64, 128],
  ],
  standardFSv2Family: [
    ['Standard_F2s_v2', 2, 0, 4, 16],
    ['Standard_F4s_v2', 4, 0, 8, 32],
    ['Standard_F8s_v2', 8, 0, 16, 64],
    ['Standard_F16s_v2', 16, 0, 32, 128],
  ],
  standardNCSv3Family: [['Standard_NC6s_v3', 6, 1, 112, 736]],
  standardNCASv3_T4Family: [['Standard_NC4as_T4_v3', 4, 1, 28, 176]],
  StandardNCADSA100v4Family: [['Standard_NC24ads_A100_v4', 24, 1, 220, 64]],
};

/** The example of the REST API's 2024-10-01 (VirtualMachineSize/list.json) shows this one without `MIR`. */
const notForInference = ['Standard_DS1_v2'];

export const vmSizes: readonly VmSize[] = Object.entries(families).flatMap(([family, rows]) =>
  rows.map(([name, vCPUs, gpus, memoryGB, diskGB]) => ({
    name,
    family,
    vCPUs,
    gpus,
    memoryGB,
    maxResourceVolumeMB: diskGB * 1024,
    inference: !notForInference.includes(name),
  })),
);

/** vCPUs of a family that a subscription may use unless the seed says else: 24 to 300 in Azure (how-to-manage-quotas). */
export const defaultLimit = 300;

export const vmFamilies: readonly string[] = Object.keys(families);

/** Sizes of which no 20 % are kept back for upgrades (reference-managed-online-endpoints-vm-sku-list). */
const withoutReserve = /^Standard_(NC(24|48|96)ads_A100_v4|ND96asr_v4|ND96amsr_A100_v4|ND40rs_v2)$/i;

/** The size of that name, case aside. */
export function sizeNamed(name: string): VmSize | undefined {
  return vmSizes.find((size) => size.name.toLowerCase() === name.toLowerCase());
}

/** The vCPUs that so many instances take from the quota: a fifth more than they have (how-to-manage-quotas). */
export function coresOf({ name, vCPUs }: VmSize, instances: number): number {
  return vCPUs * (withoutReserve.test(name) ? instances : Math.ceil((instances * 12) / 10));
}
