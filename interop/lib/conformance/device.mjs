// A device's whole data model, read without a schema, against the data model of Matter.
import { Matter } from '@matter/model';
import { status } from '../interaction.mjs';
import { encode, member, tlv } from '../tlv.mjs';
import { choiceOf, says, verdict } from './conformance.mjs';
import { checkStruct, checkValue, edgeValues, wrongFields, wrongValues } from './values.mjs';

const ATTRIBUTE_LIST = 0xfffb;
const ACCEPTED_COMMAND_LIST = 0xfff9;
const GENERATED_COMMAND_LIST = 0xfff8;
const FEATURE_MAP = 0xfffc;
const CLUSTER_REVISION = 0xfffd;
const DESCRIPTOR = 0x1d;
const ACCESS_CONTROL = 0x1f;
const NETWORK_COMMISSIONING = 0x31;
const descriptor = { deviceTypeList: 0, serverList: 1, clientList: 2, partsList: 3, tagList: 4 };
const AGGREGATOR = 0x0e;
const BRIDGED_NODE = 0x13;
const PATHS_PER_READ = 9;
const PRIORITIES = ['debug', 'info', 'critical'];

export const privilege = { view: 1, operate: 3, manage: 4, administer: 5 };
const privilegeOf = { V: privilege.view, O: privilege.operate, M: privilege.manage, A: privilege.administer };

const clusterModel = id => Matter.children.find(model => model.tag === 'cluster' && model.id === id);
const deviceTypeModel = id => Matter.children.find(model => model.tag === 'deviceType' && model.id === id);
const base = Matter.children.find(model => model.tag === 'deviceType' && model.name === 'Base');

const isManufacturers = id => id > 0xffff;
const hex = (id, digits = 4) => `0x${id.toString(16).toUpperCase().padStart(digits, '0')}`;
const numbersIn = element => element.value.map(item => item.value);
const sorted = numbers => [...numbers].sort((a, b) => a - b).join(' ');
const camelize = name => name.charAt(0).toLowerCase() + name.slice(1);
const same = (a, b) => a.toLowerCase() === b.toLowerCase();
const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** One server cluster of an endpoint, beside its model. */
class ServerCluster {
  constructor(endpoint, id) {
    this.endpoint = endpoint;
    this.id = id;
    this.values = new Map();
    this.model = clusterModel(id);
    this.where = `${endpoint.id}/${this.model?.name ?? hex(id)}`;
  }

  number(attribute) {
    return Number(this.values.get(attribute)?.value);
  }

  list(attribute) {
    return numbersIn(this.values.get(attribute) ?? tlv.array([]));
  }

  get revision() {
    return this.number(CLUSTER_REVISION);
  }

  hasFeature(name) {
    const feature = this.model.features.find(each => same(each.name, name) || same(each.title ?? each.name, name));
    return feature && (this.number(FEATURE_MAP) & (1 << feature.constraint.value)) !== 0;
  }

  /** Features by short or long name, then elements of the cluster; constraints ask for attributes' values. */
  knows(name) {
    const feature = this.hasFeature(name);
    if (feature !== undefined) return feature;
    const attribute = [...this.model.attributes].find(each => same(each.name, name));
    return attribute && this.values.has(attribute.id);
  }

  value(name) {
    const attribute = [...this.model.attributes].find(each => same(each.name, name));
    const element = attribute && this.values.get(attribute.id);
    if (element?.type !== 'struct') return element?.value;
    return Object.fromEntries([...attribute.members].map(field => [camelize(field.name), member(element, field.id)?.value]));
  }

  accepts(command) {
    return this.list(ACCEPTED_COMMAND_LIST).includes(command);
  }

  get attributes() {
    return [...this.model.attributes];
  }

  get requests() {
    return [...this.model.commands].filter(command => command.direction === 'request');
  }
}

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

  // ---- endpoints and device types

  checkEndpoints() {
    const { findings } = this;
    const ids = [...this.endpoints.keys()];
    findings.expect(sorted(this.descriptorList(0, descriptor.partsList)) === sorted(ids.filter(id => id !== 0)), '0/PartsList', 'names other endpoints than there are');
    for (const endpoint of this.endpoints.values()) {
      findings.counts.endpoints++;
      const where = `${endpoint.id}`;
      findings.expect(endpoint.types.length > 0, where, 'has no device type');
      findings.expect(sorted(this.descriptorList(endpoint.id, descriptor.serverList)) === sorted(endpoint.clusters.keys()), where, 'ServerList is not what can be read');
      findings.expect((endpoint.id === 0) === endpoint.types.some(type => type.id === 0x16), where, 'Root Node belongs on endpoint 0, and nowhere else');
      const parts = this.descriptorList(endpoint.id, descriptor.partsList);
      findings.expect(parts.every(id => this.endpoints.has(id)) && !parts.includes(endpoint.id), where, `PartsList ${parts}`);
      if (endpoint.types.some(type => type.id === AGGREGATOR)) {
        for (const part of parts.filter(id => this.parentOf(id) === endpoint.id)) {
          findings.expect(this.endpoints.get(part)?.types.some(type => type.id === BRIDGED_NODE), `${part}`, 'below an Aggregator without being a Bridged Node');
        }
      }
      const applications = endpoint.types.filter(type => deviceTypeModel(type.id)?.classification === 'simple');
      for (const type of endpoint.types) this.checkDeviceType(endpoint, type);
      this.checkRequirements(endpoint, base, `${where} Base`);
      // A composed device may leave them to its parts.
      findings.expect(endpoint.id === 0 || applications.length > 0 || parts.length > 0, where, 'has no application device type');
    }
    this.checkTags();
  }

  /** Endpoints below the same parent are told apart by tags if they are of the same type. */
  checkTags() {
    for (const endpoint of this.endpoints.values()) {
      if (!this.isDuplicate(endpoint)) continue;
      const tags = other => JSON.stringify(other.clusters.get(DESCRIPTOR)?.values.get(descriptor.tagList)?.value.map(tag => tag.value.map(field => [field.tag, field.value])) ?? []);
      for (const other of this.twins(endpoint)) {
        this.findings.expect(tags(endpoint) !== tags(other), `${endpoint.id}`, `has the tags of its twin ${other.id}`);
      }
    }
  }

  parentOf(id) {
    const parents = [...this.endpoints.values()].filter(other => other.id !== 0 && this.descriptorList(other.id, descriptor.partsList).includes(id));
    // The nearest is the one with the fewest parts of its own.
    return parents.sort((a, b) => this.descriptorList(a.id, descriptor.partsList).length - this.descriptorList(b.id, descriptor.partsList).length)[0]?.id ?? 0;
  }

  twins(endpoint) {
    const types = endpoint.types.filter(type => deviceTypeModel(type.id)?.classification === 'simple').map(type => type.id);
    return [...this.endpoints.values()].filter(other => other !== endpoint && other.id !== 0
      && this.parentOf(other.id) === this.parentOf(endpoint.id) && other.types.some(type => types.includes(type.id)));
  }

  isDuplicate(endpoint) {
    return endpoint.id !== 0 && this.twins(endpoint).length > 0;
  }

  checkDeviceType(endpoint, { id, revision }) {
    const model = deviceTypeModel(id);
    const where = `${endpoint.id} ${model?.name ?? hex(id)}`;
    if (isManufacturers(id)) return;
    this.findings.expect(model !== undefined, where, 'is no known device type');
    if (!model) return;
    const known = model.requirements.find(each => each.name === 'Descriptor')?.requirements.find(each => each.name === 'DeviceTypeList')?.default?.[0]?.revision;
    this.findings.expect(revision === (known ?? model.revision), where, `revision ${revision} instead of ${known ?? model.revision}`);
    this.checkRequirements(endpoint, model, where);
  }

  /** Conditions of device types, as far as this device can meet them. */
  meets(endpoint, name) {
    const network = [...this.endpoints.values()].map(each => each.clusters.get(NETWORK_COMMISSIONING)).filter(Boolean);
    const conditions = {
      ethernet: network.some(cluster => cluster.hasFeature('ET')),
      wifi: network.some(cluster => cluster.hasFeature('WI')),
      duplicate: this.isDuplicate(endpoint),
      simple: endpoint.types.some(type => deviceTypeModel(type.id)?.classification === 'simple'),
      client: this.descriptorList(endpoint.id, descriptor.clientList).length > 0,
      // No device type asks for it, but every controller may leave a note.
      aclExtensionCond: this.endpoints.get(0).clusters.get(ACCESS_CONTROL)?.hasFeature('EXTS'),
    };
    // None of them is offered: other network technologies, locales, sleepy devices, time, TLS, restrictions, fabric synchronization.
    const unmet = ['thread', 'customNetworkConfig', 'managedAclAllowed', 'languageLocale', 'timeLocale', 'unitLocale',
      'timeSyncCond', 'timeSyncWithClientCond', 'timeSyncWithNtpcCond', 'timeSyncWithTzCond', 'tlsCertificatesCond', 'tlsClientCond',
      'sit', 'lit', 'fabricSynchronization', 'fabricSynchronizedNode', 'bridgedPowerSourceInfo', 'powerSourceCond'];
    const condition = Object.keys(conditions).find(each => same(each, name));
    return condition ? conditions[condition] : unmet.some(each => same(each, name)) ? false : undefined;
  }

  checkRequirements(endpoint, model, where) {
    const scope = { revision: model.revision, knows: name => this.meets(endpoint, name), value: () => undefined };
    const clients = this.descriptorList(endpoint.id, descriptor.clientList);
    for (const requirement of model.requirements) {
      const cluster = endpoint.clusters.get(requirement.id);
      const demand = says(requirement, scope);
      const at = `${where}, ${requirement.name}`;
      if (requirement.element === 'clientCluster') {
        this.findings.expect(demand !== verdict.mandatory || clients.includes(requirement.id), at, 'is missing in ClientList');
      }
      if (requirement.element !== 'serverCluster') continue;
      this.findings.expect(demand !== verdict.mandatory || cluster, at, 'is missing');
      this.findings.expect(demand !== verdict.disallowed || !cluster || this.isAllowedElsewhere(endpoint, model, requirement), at, 'has no place here');
      if (cluster) for (const each of requirement.requirements) this.checkElementRequirement(endpoint, cluster, each, at);
    }
  }

  /** Several device types may share an endpoint: what one has no place for another may want. */
  isAllowedElsewhere(endpoint, model, { id }) {
    return endpoint.types.some(type => type.id !== model.id && deviceTypeModel(type.id)?.requirements.some(each => each.id === id));
  }

  checkElementRequirement(endpoint, cluster, requirement, where) {
    const scope = {
      revision: cluster.revision,
      knows: name => this.meets(endpoint, name) ?? cluster.knows(name),
      value: name => cluster.value(name),
    };
    const demand = says(requirement, scope);
    const at = `${where}.${requirement.name}`;
    const find = list => [...list].find(each => same(each.name, requirement.name));
    let isThere;
    switch (requirement.element) {
      case 'feature':
        isThere = cluster.hasFeature(requirement.name);
        break;
      case 'attribute': {
        const attribute = find(cluster.model.attributes);
        const element = cluster.values.get(attribute.id);
        isThere = element !== undefined;
        const { constraint } = requirement;
        if (isThere && element.type !== 'null' && constraint && !constraint.isEmpty && !constraint.desc) {
          this.findings.expect(constraint.test(element.value, name => cluster.value(name)), at, `${element.value} is not ${constraint}`);
        }
        break;
      }
      case 'command':
        isThere = cluster.accepts(find(cluster.model.commands).id);
        break;
      default:
        return;
    }
    if (requirement.conformance === undefined || requirement.conformance.isEmpty) return;
    this.findings.expect(isThere || demand !== verdict.mandatory, at, 'is missing');
    this.findings.expect(!isThere || demand !== verdict.disallowed, at, 'has no place here');
  }

  // ---- clusters

  checkClusters() {
    for (const cluster of this.clusters) {
      this.findings.counts.clusters++;
      this.findings.counts.attributes += cluster.values.size;
      this.findings.expect(cluster.model || isManufacturers(cluster.id), cluster.where, 'is no known cluster');
      this.findings.expect(sorted(cluster.list(ATTRIBUTE_LIST)) === sorted(cluster.values.keys()), cluster.where, 'AttributeList is not what can be read');
      if (cluster.model) this.checkCluster(cluster);
    }
  }

  checkCluster(cluster) {
    const { findings } = this;
    const { where, model } = cluster;
    findings.expect(cluster.revision === model.revision, where, `ClusterRevision ${cluster.revision} instead of ${model.revision}`);
    const featureBits = model.features.reduce((bits, feature) => bits | (1 << feature.constraint.value), 0);
    findings.expect((cluster.number(FEATURE_MAP) & ~featureBits) === 0, where, `FeatureMap ${cluster.number(FEATURE_MAP)}`);
    this.checkPresence(cluster, model.features, feature => cluster.hasFeature(feature.name));
    this.checkPresence(cluster, cluster.attributes, attribute => cluster.values.has(attribute.id));
    const standard = id => cluster.attributes.some(attribute => attribute.id === id) || isManufacturers(id);
    findings.expect([...cluster.values.keys()].every(standard), where, 'has unknown attributes');
    for (const attribute of cluster.attributes) {
      const element = cluster.values.get(attribute.id);
      if (element) checkValue(findings, `${where}.${attribute.name}`, attribute, element, cluster, { fabricScoped: attribute.effectiveAccess.fabricScoped });
    }
    this.checkCommands(cluster);
  }

  checkPresence(cluster, elements, isPresent) {
    const { findings } = this;
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

  checkCommands(cluster) {
    const { findings } = this;
    const { where, model } = cluster;
    const accepted = cluster.list(ACCEPTED_COMMAND_LIST);
    findings.counts.commands += accepted.length;
    this.checkPresence(cluster, cluster.requests, command => accepted.includes(command.id));
    findings.expect(accepted.every(id => isManufacturers(id) || cluster.requests.some(command => command.id === id)), where, 'accepts unknown commands');
    const responses = cluster.requests
      .filter(command => accepted.includes(command.id) && command.response !== 'status')
      .map(command => [...model.commands].find(other => other.name === command.response).id);
    const generated = cluster.list(GENERATED_COMMAND_LIST).filter(id => !isManufacturers(id));
    findings.expect(sorted(generated) === sorted(new Set(responses)), where, `GeneratedCommandList ${sorted(generated)} instead of ${sorted(new Set(responses))}`);
  }

  // ---- events

  /** Reads each event that the cluster may have, and looks at all that is in the log. */
  async checkEvents() {
    const { findings } = this;
    const demanded = this.standardClusters.flatMap(cluster => [...cluster.model.events].map(event => ({ cluster, event, demand: says(event, cluster) })));
    for (const group of chunks(demanded, PATHS_PER_READ)) {
      const { statuses } = await this.interaction.readEvents(group.map(({ cluster, event }) => ({ endpoint: cluster.endpoint.id, cluster: cluster.id, event: event.id })));
      for (const { cluster, event, demand } of group) {
        const refusal = statuses.find(each => each.endpoint === cluster.endpoint.id && each.cluster === cluster.id && each.event === event.id)?.status;
        const where = `${cluster.where}.${event.name}`;
        if (refusal === undefined) findings.counts.events++;
        findings.expect(refusal === undefined || refusal === status.unsupportedEvent, where, `status ${hex(refusal ?? 0, 2)}`);
        findings.expect(refusal === undefined || demand !== verdict.mandatory, where, 'is missing');
        findings.expect(refusal !== undefined || demand !== verdict.disallowed, where, 'has no place here');
      }
    }
    const { values, statuses } = await this.interaction.readEvents([{}]);
    findings.expect(statuses.length === 0, 'wildcard of events', 'answers with statuses');
    let last = -1n;
    for (const { endpoint, cluster: clusterId, event: id, number, priority, data } of values) {
      const cluster = this.endpoints.get(endpoint)?.clusters.get(clusterId);
      const event = cluster?.model && [...cluster.model.events].find(each => each.id === id);
      const where = `${cluster?.where ?? `${endpoint}/${hex(clusterId)}`} event ${event?.name ?? id}`;
      findings.expect(BigInt(number) > last, where, `number ${number} after ${last}`);
      last = BigInt(number);
      findings.expect(cluster !== undefined, where, 'of a cluster that is not there');
      if (!cluster?.model || isManufacturers(id)) continue;
      findings.expect(event !== undefined, where, 'is no known event');
      findings.expect(PRIORITIES[priority] === event.priority, where, `priority ${PRIORITIES[priority]} instead of ${event.priority}`);
      checkStruct(findings, where, event, data ?? tlv.struct({}), cluster, { fabricScoped: event.fabricSensitive });
    }
    return values.length;
  }

  // ---- access

  /** What a subject with one privilege may read, write and invoke. */
  async checkAccess(interaction, granted, name) {
    await this.checkReads(interaction, granted, name);
    await this.checkWrites(interaction, granted, name);
    await this.checkInvokes(interaction, granted, name);
  }

  async checkReads(interaction, granted, name) {
    const { findings } = this;
    const readable = attribute => privilegeOf[attribute.effectiveAccess.readPriv] <= granted;
    const { values } = await interaction.read([{}]);
    const hidden = [];
    for (const cluster of this.standardClusters) {
      const seen = values.filter(each => each.endpoint === cluster.endpoint.id && each.cluster === cluster.id).map(each => each.attribute);
      const expected = cluster.attributes.filter(attribute => cluster.values.has(attribute.id) && readable(attribute));
      findings.expect(
        sorted(seen.filter(id => !isManufacturers(id))) === sorted(expected.map(attribute => attribute.id)), `${cluster.where} for ${name}`,
        `reads ${sorted(seen)} instead of ${sorted(expected.map(attribute => attribute.id))}`);
      for (const attribute of cluster.attributes) {
        if (cluster.values.has(attribute.id) && !readable(attribute)) hidden.push({ endpoint: cluster.endpoint.id, cluster: cluster.id, attribute: attribute.id });
      }
    }
    for (const paths of chunks(hidden, PATHS_PER_READ)) {
      const { statuses } = await interaction.read(paths);
      for (const path of paths) {
        const answer = statuses.find(each => each.endpoint === path.endpoint && each.cluster === path.cluster && each.attribute === path.attribute);
        findings.expect(answer?.status === status.unsupportedAccess, `${path.endpoint}/${hex(path.cluster)}/${hex(path.attribute)} for ${name}`, `reads with status ${answer?.status}`);
      }
    }
  }

  /** Writes what is there already: refused where the privilege is missing. */
  async checkWrites(interaction, granted, name) {
    for (const cluster of this.standardClusters) {
      for (const attribute of cluster.attributes) {
        const element = cluster.values.get(attribute.id);
        const { writable, writePriv, timed } = attribute.effectiveAccess;
        if (!element || !writable || privilegeOf[writePriv] <= granted) continue;
        const result = await interaction.write(pathOf(cluster, attribute), element, { timed });
        this.findings.expect(result === status.unsupportedAccess, `${cluster.where}.${attribute.name} for ${name}`, `is written with status ${hex(result, 2)}`);
      }
    }
  }

  /** Invokes every command without fields: with the privilege, those that have some are refused for lacking them. */
  async checkInvokes(interaction, granted, name) {
    const { findings } = this;
    for (const cluster of this.standardClusters) {
      for (const command of cluster.requests.filter(each => cluster.accepts(each.id))) {
        const { writePriv, timed } = command.effectiveAccess;
        const where = `${cluster.where}.${command.name} for ${name}`;
        const isGranted = privilegeOf[writePriv] <= granted;
        const needsFields = wrongFields(command, cluster).some(each => each.what === 'is missing');
        if (!isGranted) {
          const refused = await interaction.invoke(pathOf(cluster, command), tlv.struct({}), { timed });
          findings.expect(refused.status === status.unsupportedAccess, where, `status ${hex(refused.status, 2)}`);
        } else if (timed) {
          const untimed = await interaction.invoke(pathOf(cluster, command));
          findings.expect(untimed.status === status.needsTimedInteraction, where, `untimed with status ${hex(untimed.status, 2)}`);
        } else if (needsFields) {
          const invalid = await interaction.invoke(pathOf(cluster, command));
          findings.expect(invalid.status === status.invalidCommand, where, `without fields status ${hex(invalid.status, 2)}`);
        }
      }
    }
  }

  // ---- what must be refused

  /** Attributes and commands of the model that this cluster lacks, and writes to what is read-only. */
  async checkRefusals() {
    const { findings, interaction } = this;
    for (const cluster of this.standardClusters) {
      const absent = cluster.attributes.filter(attribute => !cluster.values.has(attribute.id));
      for (const group of chunks(absent, PATHS_PER_READ)) {
        const { values, statuses } = await interaction.read(group.map(attribute => pathOf(cluster, attribute)));
        findings.expect(values.length === 0 && statuses.every(each => each.status === status.unsupportedAttribute), cluster.where, 'answers for attributes that it lacks');
      }
      for (const attribute of cluster.attributes) {
        const element = cluster.values.get(attribute.id);
        if (!element || attribute.effectiveAccess.writable) continue;
        const result = await interaction.write(pathOf(cluster, attribute), element);
        findings.expect(result === status.unsupportedWrite, `${cluster.where}.${attribute.name}`, `is written, though read-only, with status ${hex(result, 2)}`);
      }
      for (const command of cluster.requests.filter(each => !cluster.accepts(each.id))) {
        const { status: result } = await interaction.invoke(pathOf(cluster, command), tlv.struct({}), { timed: command.effectiveAccess.timed });
        findings.expect(result === status.unsupportedCommand, `${cluster.where}.${command.name}`, `is not there, but answers with status ${hex(result, 2)}`);
      }
    }
  }

  /** Every writable attribute gets wrong values, then right ones; at the end it has its own back. */
  async checkWrittenValues(untried = []) {
    const { findings, interaction } = this;
    for (const cluster of this.standardClusters) {
      for (const attribute of cluster.attributes) {
        const element = cluster.values.get(attribute.id);
        const { writable, timed } = attribute.effectiveAccess;
        if (!element || !writable) continue;
        const path = pathOf(cluster, attribute);
        const where = `${cluster.where}.${attribute.name}`;
        const write = value => interaction.write(path, value, { timed });
        for (const { what, value, isType } of wrongValues(attribute, cluster)) {
          const result = await write(value);
          const expected = isType ? [status.invalidDataType] : [status.constraintError];
          findings.expect(expected.includes(result), where, `${what} is written with status ${hex(result, 2)}`);
        }
        const { values } = await interaction.read([path]);
        findings.expect(encode(values[0].value).equals(encode(element)), where, 'has changed though refused');
        if (!untried.includes(`${cluster.model.name}.${attribute.name}`)) {
          for (const { what, value } of edgeValues(attribute, cluster)) {
            const result = await write(value);
            findings.expect(result === status.success, where, `${what} is not written: status ${hex(result, 2)}`);
            const after = (await interaction.read([path])).values[0].value;
            findings.expect(after.type === value.type, where, `${what} becomes a ${after.type}`);
            if (attribute.effectiveQuality.changesOmitted !== true) findings.expect(`${after.value}` === `${value.value}`, where, `${what}, ${value.value}, becomes ${after.value}`);
          }
        }
        const restored = await write(element);
        findings.expect(restored === status.success, where, `its own value is not written: status ${hex(restored, 2)}`);
      }
    }
  }

  /**
   * Every command gets its fields, each wrong in its turn.
   * @param answers by "Cluster.Command Field", {status}, {clusterStatus} or {code}; see deviations.mjs
   * @param rightFields by "Cluster.Command Field"
   */
  async checkCommandFields(answers, rightFields) {
    const { findings, interaction } = this;
    for (const cluster of this.standardClusters) {
      for (const command of cluster.requests.filter(each => cluster.accepts(each.id))) {
        const name = `${cluster.model.name}.${command.name}`;
        const known = Object.fromEntries([...command.members].map(field => [field.name, rightFields[`${name} ${field.name}`]]));
        for (const { field, what, fields, isForm, isOverflow } of wrongFields(command, cluster, known)) {
          const { timed } = command.effectiveAccess;
          const answer = await interaction.invoke(pathOf(cluster, command), fields, { timed });
          findings.expect(
            isForm ? answer.status === status.invalidCommand : isExpected(answer, isOverflow ? undefined : answers[`${name} ${field}`]),
            `${cluster.where}.${command.name} ${field} ${what}`, `answers ${described(answer)}`);
        }
      }
    }
  }
}

/** A response that holds a status may hold it as its first field. */
function isExpected(answer, other) {
  const code = answer.fields && member(answer.fields, 0)?.value;
  if (other?.code !== undefined) return code === other.code;
  if (other?.clusterStatus !== undefined) return answer.clusterStatus === other.clusterStatus;
  const expected = other?.status ?? status.constraintError;
  return answer.status === expected || code === expected;
}

const described = ({ status: result, clusterStatus, fields }) =>
  `${hex(result, 2)}${clusterStatus === undefined ? '' : `, cluster status ${clusterStatus}`}${fields ? `, ${fields.value.map(field => field.value)}` : ''}`;

const pathOf = (cluster, element) => ({
  endpoint: cluster.endpoint.id, cluster: cluster.id, [element.tag]: element.id,
});
