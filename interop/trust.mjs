// What the controller trusts: the public test PAA for vendor 0xFFF1, the one for any vendor from which matter.js's own
// devices descend, and the public signing key of certification declarations, in the place of matter.js's online
// certificate service, so that it checks the whole attestation chain.
import { Bytes } from '@matter/main';
import { TestCert_PAA_FFF1_Cert, TestCert_PAA_FFF1_SKID, TestCert_PAA_NoVID_Cert, TestCert_PAA_NoVID_SKID } from '@matter/main/protocol';

const authorities = [
  { keyId: TestCert_PAA_FFF1_SKID, certificate: TestCert_PAA_FFF1_Cert },
  { keyId: TestCert_PAA_NoVID_SKID, certificate: TestCert_PAA_NoVID_Cert },
];

const authority = keyId => authorities.find(candidate => Bytes.areEqual(keyId, candidate.keyId));

/** The public "Signing Key 001" for certification declarations: its key id, its key. */
const declarationSigner = {
  keyId: 'fe343f959947763b61ee4539131338494fe67d8e',
  publicKey: Bytes.fromHex(
    '04cdeee93e44f8b72be3d1a9c07e21968b9afff3b403f05e1669d7b1e5caee6fc7714b42e7e23695e92cd7635473a280ae688f37bb9489e11629b9b94ff7b09929',
  ),
};

export class TestTrust {
  acceptsTestCertificates = true;

  getCertificate(keyId) {
    return authority(keyId) && { isProduction: false };
  }

  async getCertificateAsDer(keyId) {
    return authority(keyId).certificate;
  }

  async isRevoked() {
    return false;
  }

  async getOrFetchCdSigner(keyId) {
    return Bytes.toHex(keyId).toLowerCase() === declarationSigner.keyId
      ? { publicKey: declarationSigner.publicKey, isProduction: false }
      : undefined;
  }

  async close() {}
}
