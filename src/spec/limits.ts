/** Deployments of an endpoint. Source: Microsoft Learn, "Manage and increase quotas", section on online endpoints. */
export const MOST_DEPLOYMENTS = 20;

/** Percent of the live traffic that Azure mirrors at most. Source: Microsoft Learn, how-to-safely-rollout-online-endpoints. */
export const MOST_MIRRORED = 50;

/** Characters of a tag's value. Source: Microsoft Learn, Azure Resource Manager, "Use tags to organize". */
export const LONGEST_TAG_VALUE = 256;
