-- The rules that come with the program: written once, then the operator's own to change or delete.
INSERT INTO alert_rules (rule_id, name, is_enabled, signal, kind, metric, aggregate, window_seconds, comparison, threshold, clear_threshold, for_seconds, severity, grouping, channels, note, changed_at, changed_by)
VALUES
    (gen_random_uuid(), 'Agent silent', true, 'agent-silence', NULL, NULL, 0, 60, 0, 120, 30, 0, 2, 0, '{}',
        'Is the machine up, and does headroom-agent run on it? Frames that wait there come when it is back. A machine that is gone for good: revoke its key on the Agents page.', now(), 'headroom'),
    (gen_random_uuid(), 'Host short of memory', true, 'metric', 1, 'system.pressure.memory.full', 0, 60, 0, 0.1, 0.05, 120, 1, 0, '{}',
        'All tasks of the host wait for memory together. Look at its workloads, and at what Capacity says may move.', now(), 'headroom'),
    (gen_random_uuid(), 'Disk full within a day', true, 'disk-full', NULL, NULL, 0, 60, 1, 86400, 129600, 600, 1, 0, '{}',
        'At the pace of the last hours the fullest filesystem of the host is full within a day.', now(), 'headroom'),
    (gen_random_uuid(), 'Row close to its power', true, 'row-power', NULL, NULL, 0, 60, 0, 0.95, 0.9, 60, 2, 2, '{}',
        'See the Power page for who can be held back.', now(), 'headroom');
