// A device's whole data model, read without a schema.
import { member } from '../tlv.mjs';
import { ServerCluster } from './cluster.mjs';

const DESCRIPTOR = 0x1d;
export const descriptor = { deviceTypeList: 0, serverList: 1, clientList: 2, partsList: 3, tagList: 4 };

export class ConformingDevice {
  /** @param interaction an administrator's */
  constructor(interaction, findings) {
    this.interaction = interaction;
    this.findings = findings;
    this.endpoints = new Map(); // id: {id, clusters: Map, types: [{id, revision}]}
  }

  get clusters() {
    return [...this.endpoints.values()].flatMap(endpoint => [...endpoint.clusters.values()]);
  }

  /** Those that the model knows. */
  get standardClusters() {
    return this.clusters.filter(cluster => cluster.model);
  }

  async read() {
    this.endpoints.clear();
    const { values, statuses } = await this.interaction.read([{}]);
    this.findings.expect(statuses.length === 0, 'wildcard', 'answers with statuses');
    for (const { endpoint: id, cluster: clusterId, attribute, value } of values) {
      if (!this.endpoints.has(id)) this.endpoints.set(id, { id, clusters: new Map() });
      const endpoint = this.endpoints.get(id);
      if (!endpoint.clusters.has(clusterId)) endpoint.clusters.set(clusterId, new ServerCluster(endpoint, clusterId));
      endpoint.clusters.get(clusterId).values.set(attribute, value);
    }
    for (const endpoint of this.endpoints.values()) {
      endpoint.types = (endpoint.clusters.get(DESCRIPTOR)?.values.get(descriptor.deviceTypeList)?.value ?? [])
        .map(type => ({ id: member(type, 0).value, revision: member(type, 1).value }));
    }
  }

  descriptorList(id, attribute) {
    return this.endpoints.get(id)?.clusters.get(DESCRIPTOR)?.list(attribute) ?? [];
  }
}
