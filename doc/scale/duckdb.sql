-- duckdb.sql: the survey as a query over the files that `report --format json` wrote; nothing is loaded before.
-- SPDX-License-Identifier: MIT
--
--   duckdb -c "SET VARIABLE reports = 'parts/*.json'" -f duckdb.sql -c 'FROM survey_groups'
--
-- The tables are temporary: the file is read at the beginning of the same session that asks.

-- Each line as it is. The report of a hostile message can be large.
CREATE OR REPLACE TEMPORARY TABLE lines AS
    SELECT json AS report
    FROM read_json_objects(getvariable('reports'), format = 'newline_delimited', maximum_object_size = 67108864);

-- ---- what is read from one report ----

-- When it was received: the topmost hop whose time can be read. What a sender wrote there may be no time of a calendar.
CREATE OR REPLACE TEMPORARY MACRO received_of(report) AS (
    list_filter(json_extract_string(report, '$.route[*].date'), lambda date:
        regexp_matches(date, '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-](0\d|1[0-5]):[0-5]\d)$'))[1]::TIMESTAMPTZ);

-- Names whose signature verifies, sorted, at most twelve (what a survey keeps).
CREATE OR REPLACE TEMPORARY MACRO signers_of(report) AS (
    list_sort(list_distinct(list_transform(
        list_filter(json_extract(report, '$.dkim[*]'), lambda s: json_extract_string(s, '$.result') = 'pass' AND json_extract_string(s, '$.domain') <> ''),
        lambda s: json_extract_string(s, '$.domain'))))[1:12]);

-- The eight groups of an IPv6 address that is in its shortest form, of which three are kept, and written likewise.
CREATE OR REPLACE TEMPORARY MACRO groups_of(text) AS (
    CASE WHEN text = '' THEN []::VARCHAR[] ELSE string_split(text, ':') END);
CREATE OR REPLACE TEMPORARY MACRO first_three(address) AS (
    CASE WHEN contains(address, '::') THEN
        list_concat(groups_of(split_part(address, '::', 1)),
                    list_transform(range(8 - len(groups_of(split_part(address, '::', 1)))
                                           - len(groups_of(split_part(address, '::', 2)))), lambda n: '0'),
                    groups_of(split_part(address, '::', 2)))
    ELSE string_split(address, ':') END[1:3]);
CREATE OR REPLACE TEMPORARY MACRO network_of(address) AS (
    CASE WHEN address IS NULL THEN NULL
         WHEN NOT contains(address, ':') THEN regexp_replace(address, '[0-9]+$', '0/24')
         WHEN first_three(address) = ['0', '0', '0'] THEN '::/48'
         ELSE regexp_replace(array_to_string(first_three(address), ':'), '(:0)+$', '') || '::/48' END);

-- "gmail-bulk", "yahoo-bulk", "microsoft-bulk".
CREATE OR REPLACE TEMPORARY MACRO verdict_of(report, receiver) AS (
    coalesce(json_extract_string(list_filter(json_extract(report, '$.receivers[*]'), lambda v: json_extract_string(v, '$.profile') = receiver)[1], '$.result'),
             'unknown'));

-- The names that count on the chart. RFC 9989 aligns nothing where no record was found; there RFC 7489 says what would be.
CREATE OR REPLACE TEMPORARY MACRO all_names(report) AS (
    CASE WHEN json_extract_string(report, '$.dmarc.rfc9989.reason') = 'no-record' AND json_array_length(report, '$.dmarc.rfc7489.identifiers') > 0
         THEN json_extract(report, '$.dmarc.rfc7489.identifiers[*]')
         ELSE json_extract(report, '$.dmarc.rfc9989.identifiers[*]') END);

-- Where it stands on the chart: aligned, unaligned, fail or none for 'spf' and 'dkim', by what was proved here (not by
-- --trust); NULL where that is open. The best of its names counts. A name that is not known yet may come out between
-- a best and a worst: it leaves the answer open only where the others do not settle it.
CREATE OR REPLACE TEMPORARY MACRO names_of(report, asked) AS (
    list_transform(list_filter(all_names(report), lambda n: json_extract_string(n, '$.mechanism') = asked),
        lambda n: {authenticated: (json_extract_string(n, '$.authenticated'))::BOOLEAN, aligned: (json_extract_string(n, '$.aligned'))::BOOLEAN,
              none: asked = 'spf' AND json_extract_string(n, '$.authenticated') = 'false' AND json_extract_string(report, '$.spf.mail_from.result') = 'none'}));
CREATE OR REPLACE TEMPORARY MACRO worst_of(names, asked) AS (
    list_min(list_append(list_transform(names, lambda n: CASE WHEN n.authenticated THEN CASE WHEN n.aligned THEN 1 ELSE 2 END
        WHEN n.none OR (asked = 'spf' AND n.authenticated IS NULL) THEN 4 ELSE 3 END), 4)));
CREATE OR REPLACE TEMPORARY MACRO best_of(names, hidden) AS (
    list_min(list_append(list_transform(names, lambda n: CASE WHEN NOT n.authenticated THEN CASE WHEN n.none THEN 4 ELSE 3 END
        WHEN NOT n.aligned THEN 2 ELSE 1 END), CASE WHEN hidden THEN 1 ELSE 4 END)));
-- Pieces of a message without a signature: nobody knows whether the rest had one.
CREATE OR REPLACE TEMPORARY MACRO hides_signatures(report) AS (
    json_extract_string(report, '$.source.fidelity') = 'fragments' AND json_array_length(report, '$.dkim') = 0);
CREATE OR REPLACE TEMPORARY MACRO state_of(report, asked) AS (
    CASE WHEN worst_of(names_of(report, asked), asked)
              = best_of(names_of(report, asked), asked = 'dkim' AND hides_signatures(report))
         THEN ['aligned', 'unaligned', 'fail', 'none'][worst_of(names_of(report, asked), asked)] END);

-- ---- one row a message ----

CREATE OR REPLACE TEMPORARY TABLE reports AS
    SELECT json_extract_string(report, '$.source.path') AS path, (json_extract_string(report, '$.source.index'))::BIGINT AS index,
           json_exists(report, '$.dmarc') AS readable, received_of(report) AS received,
           json_extract_string(report, '$.from.domain') AS author_domain, json_extract_string(report, '$.envelope.mail_from.domain') AS envelope_domain,
           signers_of(report) AS signers, network_of(json_extract_string(report, '$.envelope.client_ip.address')) AS network,
           json_extract_string(report, '$.dmarc.rfc9989.result') AS dmarc, verdict_of(report, 'gmail-bulk') AS gmail,
           verdict_of(report, 'yahoo-bulk') AS yahoo, verdict_of(report, 'microsoft-bulk') AS microsoft,
           state_of(report, 'spf') AS spf, state_of(report, 'dkim') AS dkim,
           coalesce(len(all_names(report)), 0) AS names,
           json_extract_string(report, '$.advice[0].pattern') AS pattern, json_extract_string(report, '$.advice[0].who') AS who
    FROM lines;

-- ---- the survey ----

-- The groups of `fromscope survey --format json`, in the same order.
CREATE OR REPLACE TEMPORARY VIEW survey_groups AS
    SELECT author_domain, envelope_domain, signers, network, count(*) AS count, min(received) AS first, max(received) AS last,
           list({path: path, index: index} ORDER BY received DESC NULLS LAST, path, index)[1] AS example,
           dmarc, gmail, yahoo, microsoft
    FROM reports WHERE readable
    GROUP BY author_domain, envelope_domain, signers, network, dmarc, gmail, yahoo, microsoft
    ORDER BY count(*) DESC, author_domain NULLS FIRST, envelope_domain NULLS FIRST, signers, network NULLS FIRST;

-- What leads, for each group: who changes what, and how many messages it is about.
CREATE OR REPLACE TEMPORARY VIEW survey_advice AS
    SELECT author_domain, envelope_domain, signers, network, dmarc, gmail, yahoo, microsoft, pattern, who, count(*) AS count
    FROM reports WHERE readable AND pattern IS NOT NULL
    GROUP BY ALL;

-- The sixteen cells, and in a row of NULL those that have none.
CREATE OR REPLACE TEMPORARY VIEW survey_chart AS
    SELECT CASE WHEN placed THEN spf END AS spf, CASE WHEN placed THEN dkim END AS dkim, count(*) AS count
    FROM (SELECT spf, dkim, author_domain IS NOT NULL AND spf IS NOT NULL AND dkim IS NOT NULL AND names > 0 AS placed
          FROM reports WHERE readable)
    GROUP BY 1, 2;

CREATE OR REPLACE TEMPORARY VIEW survey_totals AS
    SELECT count(*) FILTER (WHERE readable) AS messages, count(*) FILTER (WHERE NOT readable) AS unreadable FROM reports;
