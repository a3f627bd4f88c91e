/**
 * What Azure wants the next token to say beside the usual, after it has taken one back before its time.
 * Source: Microsoft Learn, "Claims challenges, claims requests, and client capabilities".
 * @param challenge the header `WWW-Authenticate`
 * @returns JSON; `undefined` where it wants nothing, or what nobody can read
 */
export function claimsWanted(challenge: string | undefined): string | undefined {
  if (!challenge?.includes('error="insufficient_claims"')) return undefined;
  const [, encoded = ''] = /\bclaims="([^"]*)"/.exec(challenge) ?? [];
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    JSON.parse(claims);
    return claims;
  } catch {
    return undefined;
  }
}
