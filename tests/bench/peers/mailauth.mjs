// mailauth.mjs: checks messages with mailauth; for the benches. SPDX-License-Identifier: MIT
//
// node mailauth.mjs MODULES ZONE FOLDER FIRST COUNT [--print]
// MODULES: the folder that npm installed into. ZONE: the records, one a line. Messages are read and a few checked before
// the clock starts, so that neither Node's start nor the disk is in the seconds that it prints. With --print nothing is done
// ahead, and a line of JSON for each message comes first: four results, less than mailauth could tell.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, zone, folder, first, count, print] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const { authenticate } = require('mailauth');
const WARM = 50;

function readZone(file) {
    const records = new Map();
    for (const line of readFileSync(file, 'utf8').split('\n')) {
        const found = /^(\S+)\. 300 IN TXT (.*)$/.exec(line);
        if (found)
            records.set(found[1], [[...found[2].matchAll(/"([^"]*)"/g)].map(string => string[1])]);
    }
    return records;
}

const records = readZone(zone);

async function resolver(name, type) {
    const found = type === 'TXT' && records.get(name.toLowerCase());
    if (!found)
        throw Object.assign(new Error(`no ${type} of ${name}`), { code: records.has(name) ? 'ENODATA' : 'ENOTFOUND' });
    return found;
}

function check(message) {
    return authenticate(message.bytes, { ip: message.ip, helo: message.helo, sender: message.sender, mta: 'mx.example.net',
                                         resolver, disableBimi: true });
}

const messages = readFileSync(path.join(folder, 'envelopes.tsv'), 'utf8').split('\n').filter(line => line)
    .slice(Number(first), Number(first) + Number(count))
    .map(line => line.split('\t'))
    .map(([name, ip, helo, sender]) => ({ name, ip, helo, sender, bytes: readFileSync(path.join(folder, name)) }));

for (const message of print ? [] : messages.slice(0, WARM))
    await check(message);
const begin = process.hrtime.bigint();
for (const message of messages) {
    const result = await check(message);
    if (print)
        console.log(JSON.stringify({
            name: message.name,
            dkim: result.dkim.results.filter(one => one.signingDomain).map(one => [one.signingDomain, one.status.result]),
            spf: result.spf ? result.spf.status.result : 'none',
            dmarc: result.dmarc ? result.dmarc.status.result : 'none',
            arc: result.arc ? result.arc.status.result : 'none',
        }));
}
console.log(Number(process.hrtime.bigint() - begin) / 1e9);
