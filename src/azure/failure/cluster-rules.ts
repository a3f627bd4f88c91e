import type { FailureRule } from './rules.ts';

/**
 * What only a Kubernetes cluster says, each by a code of its own.
 * Source: Microsoft Learn, "Troubleshoot online endpoint deployment", errors specific to Kubernetes.
 */
export const CLUSTER_RULES: readonly FailureRule[] = [
  {
    kind: 'cluster capacity',
    codes: ['PodUnschedulable'],
    words: /Kubernetes unschedulable/i,
    step: 'No node of the cluster has room for it: ask for less in `resources` or `instance_type`, or add nodes, then run again.',
    keys: ['resources', 'instance_type'],
    log: 'none',
  },
  {
    kind: 'identity',
    codes: ['ACRSecretError', 'ACRTokenExchangeFailed'],
    step: 'The cluster may not sign in to the registry yet. Role assignments take a few minutes to take effect; wait, then run again.',
    log: 'none',
  },
  {
    kind: 'identity',
    codes: ['TokenRefreshFailed'],
    step: 'The cluster has no identity: reinstall the Azure Machine Learning extension, then run again.',
    log: 'none',
  },
  {
    kind: 'network',
    codes: ['GetAADTokenFailed'],
    step: 'The cluster cannot get a Microsoft Entra token: check its outbound proxy and network, then run again.',
    log: 'none',
  },
  {
    kind: 'cluster',
    codes: ['KubernetesUnaccessible'],
    step: 'Azure cannot reach the cluster: rotate its certificate if that has expired, then run again.',
    log: 'none',
  },
  {
    kind: 'cluster',
    codes: ['NamespaceNotFound'],
    step: 'Detach the compute and attach it again with a namespace that the cluster has, then run again.',
    log: 'none',
  },
  {
    kind: 'cluster',
    codes: ['ScoringFeUnhealthy'],
    step: 'The router `azureml-fe` of the cluster is not healthy: look at its pods or update the extension, then run again.',
    log: 'none',
  },
  {
    kind: 'cluster',
    codes: ['InferencingClientCallFailed'],
    step: 'The extension of the cluster does not answer: look at its pods, or detach and attach the compute, then run again.',
    log: 'none',
  },
  {
    kind: 'cluster',
    codes: ['EndpointNotFound'],
    step: 'The cluster does not know the endpoint: run `apply`, which writes it first.',
    log: 'none',
  },
];
