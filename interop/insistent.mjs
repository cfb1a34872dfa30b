// A commissioning flow that does not believe a device which says it is on as many fabrics as it can be: so that not
// matter.js but the device itself refuses one more.
import { ControllerCommissioningFlow } from '@matter/main/protocol';
import * as clusters from '@matter/main/clusters';

const { id: cluster, attributes } = clusters.OperationalCredentials;

export class InsistentFlow extends ControllerCommissioningFlow {
  constructor(interaction, ...others) {
    super(new Proxy(interaction, {
      get(target, name) {
        const member = target[name];
        if (name === 'read') return (...request) => withoutFabrics(member.apply(target, request));
        return typeof member === 'function' ? member.bind(target) : member;
      },
    }), ...others);
  }
}

async function* withoutFabrics(chunks) {
  for await (const chunk of chunks) {
    const reports = [];
    for await (const report of chunk) {
      const { endpointId, clusterId, attributeId } = report.path;
      const isCount = endpointId === 0 && clusterId === cluster && attributeId === attributes.commissionedFabrics.id;
      reports.push(isCount ? { ...report, value: 0 } : report);
    }
    yield reports;
  }
}
