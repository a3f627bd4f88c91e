/** A VM size as the region offers it. */
export interface VmSize {
  /** `Standard_DS3_v2`; compares without case. */
  readonly name: string;
  /** `standardDSv2Family` */
  readonly family: string;
  /** vCPUs of one instance. */
  readonly cores: number;
  /** Whether Azure lists it for managed online endpoints; absent when Azure did not tell. */
  readonly serves?: boolean;
}

/**
 * The GPU sizes for which Azure keeps a reservation. The other GPU sizes of the list (NC A100 and H100, all ND) are marked
 * as exempt, and newer ones (H200) are not in it; those are taken as exempt too [U], since a guess that is too low only
 * leaves the answer to Azure.
 * Source: Microsoft Learn, "Managed online endpoints SKU list", column "Skip 20% Reservation".
 */
const RESERVING_GPUS = /^standard_(nc\d+as_t4_v3|nc\d+s_v[23]|nv\d+adm?s_a10_v5)$/i;

/**
 * The cores that must be free for so many instances: Azure reserves a fifth more, in whole instances, for its own upgrades.
 * Source: Microsoft Learn, "Manage and increase quotas", section "Virtual machine quota allocation for deployment".
 */
export function neededCores(size: VmSize, instances: number): number {
  return (reserves(size) ? withReservation(instances) : instances) * size.cores;
}

/** The same as arithmetic that a person can follow: `ceil(1.2 × 1) × 4`. @param shown how the instances are called */
export function coresInWords(size: VmSize, shown: string): string {
  return reserves(size) ? `ceil(1.2 × ${shown}) × ${size.cores}` : `${shown} × ${size.cores}`;
}

/** Azure writes a family as `standard NCASv3_T4 Family`, `standardNCASv3_T4Family` and `Standard NCASv3_T4 Family`. */
export function familyKey(family: string): string {
  return family.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export function sizeNamed(sizes: readonly VmSize[], name: string): VmSize | undefined {
  return sizes.find((size) => size.name.toLowerCase() === name.toLowerCase());
}

function reserves({ name }: VmSize): boolean {
  // Names of sizes with GPUs begin with N. Source: Microsoft Learn, "Azure virtual machine sizes naming conventions".
  return !/^standard_n/i.test(name) || RESERVING_GPUS.test(name);
}

/** Of integers, whose quotient is exact where it is whole: `1.2 * n` may be a little more. */
function withReservation(instances: number): number {
  return Math.ceil((instances * 12) / 10);
}
