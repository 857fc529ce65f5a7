// Bodies against an OpenAPI document as it is published: node zaken_bodies.js DOCUMENT.yaml <LIST
// LIST is a JSON list of {method, path, body}, the path as the document has it. Prints a line for
// each body that its schema refuses, then "N valid". Wants ajv, ajv-formats and js-yaml, which
// come with Prism. References to other files stand in answers only and are left out.
const fs = require('fs'), yaml = require('js-yaml');
const Ajv = require('ajv').default || require('ajv');
const addFormats = require('ajv-formats').default || require('ajv-formats');

// OpenAPI 3.0 says some things otherwise than JSON Schema does.
function schemaOf(s) {
  if (Array.isArray(s)) return s.map(schemaOf);
  if (!s || typeof s !== 'object') return s;
  if (typeof s.$ref === 'string') return s.$ref.startsWith('#/components/schemas/') ? { $ref: s.$ref.replace('#/components/schemas/', '#/$defs/') } : {};
  const out = {};
  for (const [key, value] of Object.entries(s))
    if (!['discriminator', 'nullable', 'example', 'readOnly', 'deprecated'].includes(key)) out[key] = schemaOf(value);
  if (s.properties && s.required) { // what only the server sets is not asked of us
    out.required = s.required.filter(key => !(s.properties[key] || {}).readOnly);
    if (!out.required.length) delete out.required;
  }
  if (s.oneOf && s.discriminator && s.discriminator.mapping) {
    delete out.oneOf;
    out.allOf = branches(s.discriminator);
  }
  return s.nullable ? { anyOf: [out, { type: 'null' }] } : out;
}

// The branch is told by the body, not tried.
function branches({ propertyName, mapping }) {
  return Object.entries(mapping).map(([value, ref]) => ({
    if: { required: [propertyName], properties: { [propertyName]: { const: value } } },
    then: schemaOf({ $ref: ref }) }));
}

const doc = yaml.load(fs.readFileSync(process.argv[2], 'utf8'));
const defs = {};
for (const [name, schema] of Object.entries(doc.components.schemas)) defs[name] = schemaOf(schema);
const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
addFormats(ajv);

// Of a base schema with heirs the body is one of the heirs.
function bodySchema(schema) {
  const named = schema.$ref ? doc.components.schemas[schema.$ref.split('/').pop()] : schema;
  const heirs = named.discriminator && named.discriminator.mapping && !named.oneOf;
  return { allOf: [schemaOf(schema), ...(heirs ? branches(named.discriminator) : [])] };
}

function operationOf(call) {
  for (const [path, item] of Object.entries(doc.paths))
    if (new RegExp('^' + path.replace(/\{[^}]+\}/g, '[^/]+') + '$').test(call.path)) return item[call.method.toLowerCase()];
}

let valid = 0;
for (const call of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const operation = operationOf(call);
  const schema = operation && operation.requestBody && operation.requestBody.content['application/json'].schema;
  if (!schema) { console.log(`${call.method} ${call.path}: not in the document`); continue; }
  const check = ajv.compile({ ...bodySchema(schema), $defs: defs });
  if (check(call.body)) valid++;
  else console.log(`${call.method} ${call.path}: ${JSON.stringify(check.errors.slice(0, 3))}`);
}
console.log(`${valid} valid`);
