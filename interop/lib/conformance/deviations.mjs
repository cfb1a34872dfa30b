// Where the device rightly does something else than the tables of the model say, each with its reason.
import { status } from '../interaction.mjs';
import { tlv } from '../tlv.mjs';

const nonce = 'the command\'s text: a malformed nonce is INVALID_COMMAND';
const certificate = 'an oversize certificate is a malformed one, as AddTrustedRootCertificate\'s text and the C++ SDK have it';
const pake = 'the command\'s text: PAKEParameterError, a status of the cluster';
const PAKE_PARAMETER_ERROR = 3;
const VALUE_OUTSIDE_RANGE = 1;

/**
 * What a command answers to a field beyond its constraint, instead of CONSTRAINT_ERROR: a status, the cluster's own status
 * beside FAILURE, or the first field of its response.
 */
export const answers = {
  'GeneralCommissioning.SetRegulatoryConfig NewRegulatoryConfig': { code: VALUE_OUTSIDE_RANGE, why: 'the response has a code of its own for it' },
  'AdministratorCommissioning.OpenCommissioningWindow PakePasscodeVerifier': { clusterStatus: PAKE_PARAMETER_ERROR, why: pake },
  'AdministratorCommissioning.OpenCommissioningWindow Iterations': { clusterStatus: PAKE_PARAMETER_ERROR, why: pake },
  'AdministratorCommissioning.OpenCommissioningWindow Salt': { clusterStatus: PAKE_PARAMETER_ERROR, why: pake },
  'OperationalCredentials.AttestationRequest AttestationNonce': { status: status.invalidCommand, why: nonce },
  'OperationalCredentials.CsrRequest CsrNonce': { status: status.invalidCommand, why: nonce },
  'OperationalCredentials.CertificateChainRequest CertificateType': { status: status.invalidCommand, why: 'the command\'s text' },
  'OperationalCredentials.AddNoc NocValue': { status: status.invalidCommand, why: certificate },
  'OperationalCredentials.AddNoc IcacValue': { status: status.invalidCommand, why: certificate },
  'OperationalCredentials.AddNoc IpkValue': { status: status.invalidCommand, why: 'a key of another length is a malformed one, as the C++ SDK has it' },
  'OperationalCredentials.UpdateNoc NocValue': { status: status.invalidCommand, why: certificate },
  'OperationalCredentials.UpdateNoc IcacValue': { status: status.invalidCommand, why: certificate },
  'OperationalCredentials.AddTrustedRootCertificate RootCaCertificate': { status: status.failsafeRequired, why: 'the fail-safe comes first' },
  'Identify.TriggerEffect EffectVariant': { status: status.success, why: 'the field\'s text: instead of a variant it does not know it uses the default one' },
};

/** Priorities of events by "Cluster.Event". */
export const priorities = {
  'BridgedDeviceBasicInformation.Leave': 'info', // the data model of the C++ SDK, which certification tests by
  'BridgedDeviceBasicInformation.ReachableChanged': 'info',
};

/** Values of fields whose constraint is prose, so that only another field is wrong. */
export const rightFields = {
  'LevelControl.Move Rate': tlv.uint(1),
  'LevelControl.MoveWithOnOff Rate': tlv.uint(1),
  'LevelControl.Step StepSize': tlv.uint(1),
  'LevelControl.StepWithOnOff StepSize': tlv.uint(1),
  'AdministratorCommissioning.OpenCommissioningWindow CommissioningTimeout': tlv.uint(180),
};

/** Attributes that are not given trial values: to change them changes more than themselves. */
export const untried = [
  'NetworkCommissioning.InterfaceEnabled', // false takes the device off its network
];
