// One server cluster of a device as it is read, beside its model.
import { Matter } from '@matter/model';
import { member, tlv } from '../tlv.mjs';

export const global = { generatedCommandList: 0xfff8, acceptedCommandList: 0xfff9, attributeList: 0xfffb, featureMap: 0xfffc, clusterRevision: 0xfffd };

/** Paths in one read; every device takes as many. */
export const PATHS_PER_READ = 9;

export const hex = (id, digits = 4) => `0x${id.toString(16).toUpperCase().padStart(digits, '0')}`;
export const same = (a, b) => a.toLowerCase() === b.toLowerCase();
export const sorted = numbers => [...numbers].sort((a, b) => a - b).join(' ');
export const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
export const isManufacturers = id => id > 0xffff;

/** The path of an attribute, command or event. */
export const pathOf = (cluster, element) => ({ endpoint: cluster.endpoint.id, cluster: cluster.id, [element.tag]: element.id });

const camelize = name => name.charAt(0).toLowerCase() + name.slice(1);

/** One server cluster of an endpoint, beside its model. */
export class ServerCluster {
  constructor(endpoint, id) {
    this.endpoint = endpoint;
    this.id = id;
    this.values = new Map();
    this.model = Matter.children.find(model => model.tag === 'cluster' && model.id === id);
    this.where = `${endpoint.id}/${this.model?.name ?? hex(id)}`;
  }

  number(attribute) {
    return Number(this.values.get(attribute)?.value);
  }

  list(attribute) {
    return (this.values.get(attribute) ?? tlv.array([])).value.map(item => item.value);
  }

  get revision() {
    return this.number(global.clusterRevision);
  }

  hasFeature(name) {
    const feature = this.model.features.find(each => same(each.name, name) || same(each.title ?? each.name, name));
    return feature && (this.number(global.featureMap) & (1 << feature.constraint.value)) !== 0;
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
    return this.list(global.acceptedCommandList).includes(command);
  }

  get attributes() {
    return [...this.model.attributes];
  }

  get requests() {
    return [...this.model.commands].filter(command => command.direction === 'request');
  }
}
