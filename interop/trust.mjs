// What the controller trusts: the public test PAA for vendor 0xFFF1 and the public test signer of certification
// declarations, in the place of matter.js's online certificate service, so that it checks the whole attestation chain.
import { Bytes } from '@matter/main';
import { TestCert_PAA_FFF1_Cert, TestCert_PAA_FFF1_SKID } from '@matter/main/protocol';

const declarationSigner = {
  keyId: '62fa823359acfaa9963e1cfa140addf504f37160',
  publicKey: Bytes.fromHex(
    '043c398922452b55caf389c25bd1bca4656952ccb90e8869249ad8474653014cbf95d687965e036b521c51037e6b8cedefca1eb44046694fa08882eed6519decba',
  ),
};

export class TestTrust {
  acceptsTestCertificates = true;

  getCertificate(keyId) {
    return Bytes.areEqual(keyId, TestCert_PAA_FFF1_SKID) ? { isProduction: false } : undefined;
  }

  async getCertificateAsDer() {
    return TestCert_PAA_FFF1_Cert;
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
