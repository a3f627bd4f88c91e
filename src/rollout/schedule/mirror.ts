import type { Fault } from '../../failure.ts';
import { MOST_MIRRORED } from '../../spec/limits.ts';
import type { EndpointSpec, Traffic } from '../../spec/model.ts';
import { canonicalTraffic, weightOf } from '../../spec/traffic.ts';
import { PLAIN_WORDS, type TrafficWords } from '../../spec/traffic-words.ts';
import type { Policy } from '../model.ts';
import { growing, hasWay } from './split.ts';

/**
 * What of a live mirror has nothing to do with a rollout: that of a deployment without live traffic at either end. It is carried
 * along. That of any other ends, since Azure gives a deployment live or mirrored traffic, never both.
 */
export function carriedMirror(mirror: Traffic, { base, target }: { base: Traffic; target: Traffic }): Traffic {
  const isApart = (name: string): boolean => weightOf(base, name) === 0 && weightOf(target, name) === 0;
  return canonicalTraffic(Object.fromEntries(Object.entries(mirror).filter(([name]) => isApart(name))));
}

/** What is known of the endpoint whose traffic is to be mirrored. */
export interface MirrorPlace {
  readonly kind: EndpointSpec['kind'];
  readonly base: Traffic;
  readonly target: Traffic;
  /** The mirror that the YAML of the endpoint asks for by itself. */
  readonly ownMirror?: Traffic | undefined;
  /** The mirror that is live. */
  readonly liveMirror: Traffic;
  /** How splits are named. */
  readonly words?: TrafficWords;
}

/**
 * Why a mirror stage cannot be had: Azure mirrors on managed endpoints only, to one deployment, which must not have live
 * traffic at the same time. Nothing where nothing is live before, since then there is nothing to mirror and the stage is
 * left out. Source: Microsoft Learn, how-to-safely-rollout-online-endpoints.
 */
export function mirrorFaults({ mirror, positions }: Policy, place: MirrorPlace): Fault[] {
  const { kind, base, target, ownMirror = {}, liveMirror, words = PLAIN_WORDS } = place;
  if (!mirror || !hasWay(base, target)) return [];
  const fault = (message: string): Fault => ({ ...positions.get('mirror'), message: `mirror: ${message}` });
  const canary = growing(base, target);
  const [first, ...more] = canary;
  const served = canary.filter((name) => weightOf(base, name) > 0);
  const faults: Fault[] = [];
  if (kind === 'kubernetes') faults.push(fault('Azure mirrors traffic of managed endpoints only; take the stage out'));
  if (mirror.percent > MOST_MIRRORED) faults.push(fault(`Azure mirrors at most ${MOST_MIRRORED} percent`));
  if (first !== undefined && more.length > 0)
    faults.push(
      fault(
        `Azure mirrors to one deployment, and ${canary.map(words.name).join(', ')} get more traffic; take the stage out`,
      ),
    );
  else if (served.length > 0)
    faults.push(
      fault(
        `${served.map(words.name).join(', ')} has live traffic already (${words.split(base)}), and a deployment has one or the other`,
      ),
    );
  if (Object.keys(ownMirror).length > 0)
    faults.push(
      fault(`the endpoint's YAML has mirror_traffic to ${namesOf(ownMirror, words)} of its own; keep one of the two`),
    );
  const others = carriedMirror(liveMirror, place);
  if (Object.keys(ownMirror).length === 0 && Object.keys(others).length > 0)
    faults.push(
      fault(
        `the endpoint mirrors to ${namesOf(others, words)} already, and Azure has one mirror; end that, or this stage`,
      ),
    );
  return faults;
}

function namesOf(mirror: Traffic, { name }: TrafficWords): string {
  return Object.keys(mirror).map(name).join(', ');
}
