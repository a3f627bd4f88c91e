import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509';

/** What a server shows and what its clients must trust. All PEM. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const year = 365 * 24 * 60 * 60_000;

export interface CertificateOptions {
  /** The common name of the authority. A client that trusts several must be able to tell them apart. */
  readonly authority?: string;
  /** Host names beside the loopback addresses; a star is one label. */
  readonly hosts?: readonly string[];
}

/** A certificate authority of its own and, signed by it, a certificate for this machine's loopback addresses. */
export async function makeCertificates(options: CertificateOptions = {}): Promise<Certificates> {
  const { hosts = [] } = options;
  const issuer = `CN=${options.authority ?? 'Azure ML emulator authority'}`;
  cryptoProvider.set(webcrypto);
  const authorityKeys = await makeKeys();
  const serverKeys = await makeKeys();
  const authority = await sign(authorityKeys, issuer, authorityKeys, issuer, [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ]);
  const server = await sign(authorityKeys, issuer, serverKeys, 'CN=127.0.0.1', [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([
      { type: 'ip', value: '127.0.0.1' },
      { type: 'dns', value: 'localhost' },
      ...hosts.map((value) => ({ type: 'dns' as const, value })),
    ]),
  ]);
  return { authority, certificate: server, key: await privatePem(serverKeys) };
}

/** Clients that check strictly (`VERIFY_X509_STRICT`, the default of Python 3.13) want both key identifiers. */
async function sign(
  authority: webcrypto.CryptoKeyPair,
  issuer: string,
  keys: webcrypto.CryptoKeyPair,
  subject: string,
  extensions: readonly Extension[],
): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer,
    notBefore: new Date(),
    notAfter: new Date(Date.now() + year),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      ...extensions,
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return certificate.toString('pem');
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function privatePem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
