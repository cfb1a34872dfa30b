// What a conformance run counts and finds wrong.

export class Findings {
  checks = 0;
  problems = [];
  counts = { endpoints: 0, clusters: 0, attributes: 0, commands: 0, events: 0 };

  expect(holds, where, what) {
    this.checks++;
    if (!holds) this.problems.push(`${where}: ${what}`);
  }

  toString() {
    return `${Object.entries(this.counts).map(([name, count]) => `${count} ${name}`).join(', ')}, ${this.checks} checks`;
  }
}
