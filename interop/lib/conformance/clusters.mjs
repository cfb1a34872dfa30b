// Clusters, their values and events, against the data model.
import { status } from '../interaction.mjs';
import { tlv } from '../tlv.mjs';
import { chunks, global, hex, isManufacturers, pathOf, PATHS_PER_READ, sorted } from './cluster.mjs';
import { choiceOf, says, verdict } from './conformance.mjs';
import { priorities } from './deviations.mjs';
import { checkStruct, checkValue } from './values.mjs';

const PRIORITIES = ['debug', 'info', 'critical'];

export function checkClusters(device) {
  for (const cluster of device.clusters) {
    device.findings.counts.clusters++;
    device.findings.counts.attributes += cluster.values.size;
    device.findings.expect(cluster.model || isManufacturers(cluster.id), cluster.where, 'is no known cluster');
    device.findings.expect(sorted(cluster.list(global.attributeList)) === sorted(cluster.values.keys()), cluster.where, 'AttributeList is not what can be read');
    if (cluster.model) checkCluster(device, cluster);
  }
}

function checkCluster(device, cluster) {
  const { findings } = device;
  const { where, model } = cluster;
  findings.expect(cluster.revision === model.revision, where, `ClusterRevision ${cluster.revision} instead of ${model.revision}`);
  const featureBits = model.features.reduce((bits, feature) => bits | (1 << feature.constraint.value), 0);
  findings.expect((cluster.number(global.featureMap) & ~featureBits) === 0, where, `FeatureMap ${cluster.number(global.featureMap)}`);
  checkPresence(device, cluster, model.features, feature => cluster.hasFeature(feature.name));
  checkPresence(device, cluster, cluster.attributes, attribute => cluster.values.has(attribute.id));
  const standard = id => cluster.attributes.some(attribute => attribute.id === id) || isManufacturers(id);
  findings.expect([...cluster.values.keys()].every(standard), where, 'has unknown attributes');
  for (const attribute of cluster.attributes) {
    const element = cluster.values.get(attribute.id);
    if (element) checkValue(findings, `${where}.${attribute.name}`, attribute, element, cluster, { fabricScoped: attribute.effectiveAccess.fabricScoped });
  }
  checkCommands(device, cluster);
}

function checkPresence(device, cluster, elements, isPresent) {
  const { findings } = device;
  const choices = new Map();
  const ids = new Set(elements.map(element => element.id ?? element.name));
  for (const id of ids) {
    const alternatives = elements.filter(element => (element.id ?? element.name) === id);
    const demands = alternatives.map(element => says(element, cluster));
    const where = `${cluster.where}.${alternatives[0].name}`;
    const isThere = isPresent(alternatives[0]);
    findings.expect(isThere || !demands.includes(verdict.mandatory), where, 'is missing');
    findings.expect(!isThere || demands.some(demand => demand !== verdict.disallowed), where, 'has no place here');
    for (const element of alternatives) {
      const choice = choiceOf(element, cluster);
      if (!choice) continue;
      const group = choices.get(choice.name) ?? { ...choice, present: 0 };
      if (isThere) group.present++;
      choices.set(choice.name, group);
    }
  }
  for (const { name, num, orMore, orLess, present } of choices.values()) {
    findings.expect(present === num || (orMore && present > num) || (orLess && present < num), cluster.where, `${present} of choice ${name}`);
  }
}

function checkCommands(device, cluster) {
  const { findings } = device;
  const { where, model } = cluster;
  const accepted = cluster.list(global.acceptedCommandList);
  findings.counts.commands += accepted.length;
  checkPresence(device, cluster, cluster.requests, command => accepted.includes(command.id));
  findings.expect(accepted.every(id => isManufacturers(id) || cluster.requests.some(command => command.id === id)), where, 'accepts unknown commands');
  const responses = cluster.requests
    .filter(command => accepted.includes(command.id) && command.response !== 'status')
    .map(command => [...model.commands].find(other => other.name === command.response).id);
  const generated = cluster.list(global.generatedCommandList).filter(id => !isManufacturers(id));
  findings.expect(sorted(generated) === sorted(new Set(responses)), where, `GeneratedCommandList ${sorted(generated)} instead of ${sorted(new Set(responses))}`);
}

/** Reads each event that the cluster may have, and looks at all that is in the log. */
export async function checkEvents(device) {
  const { findings } = device;
  const demanded = device.standardClusters.flatMap(cluster => [...cluster.model.events].map(event => ({ cluster, event, demand: says(event, cluster) })));
  for (const group of chunks(demanded, PATHS_PER_READ)) {
    const { statuses } = await device.interaction.readEvents(group.map(({ cluster, event }) => pathOf(cluster, event)));
    for (const { cluster, event, demand } of group) {
      const refusal = statuses.find(each => each.endpoint === cluster.endpoint.id && each.cluster === cluster.id && each.event === event.id)?.status;
      const where = `${cluster.where}.${event.name}`;
      if (refusal === undefined) findings.counts.events++;
      findings.expect(refusal === undefined || refusal === status.unsupportedEvent, where, `status ${hex(refusal ?? 0, 2)}`);
      findings.expect(refusal === undefined || demand !== verdict.mandatory, where, 'is missing');
      findings.expect(refusal !== undefined || demand !== verdict.disallowed, where, 'has no place here');
    }
  }
  const { values, statuses } = await device.interaction.readEvents([{}]);
  findings.expect(statuses.length === 0, 'wildcard of events', 'answers with statuses');
  let last = -1n;
  for (const { endpoint, cluster: clusterId, event: id, number, priority, data } of values) {
    const cluster = device.endpoints.get(endpoint)?.clusters.get(clusterId);
    const event = cluster?.model && [...cluster.model.events].find(each => each.id === id);
    const where = `${cluster?.where ?? `${endpoint}/${hex(clusterId)}`} event ${event?.name ?? id}`;
    findings.expect(BigInt(number) > last, where, `number ${number} after ${last}`);
    last = BigInt(number);
    findings.expect(cluster !== undefined, where, 'of a cluster that is not there');
    if (!cluster?.model || isManufacturers(id)) continue;
    findings.expect(event !== undefined, where, 'is no known event');
    const demanded = priorities[`${cluster.model.name}.${event.name}`] ?? event.priority;
    findings.expect(PRIORITIES[priority] === demanded, where, `priority ${PRIORITIES[priority]} instead of ${demanded}`);
    checkStruct(findings, where, event, data ?? tlv.struct({}), cluster, { fabricScoped: event.fabricSensitive });
  }
  return values.length;
}
