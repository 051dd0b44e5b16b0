-- Old parts of timelines that are deleted for good.

-- Up to where a room's timeline is gone.
alter table rooms add column purged_seq bigint not null default 0;

-- What was sent, edited or deleted in those parts, by name: sent again, it is still the same (G2).
create table purged_commands (
    room_id       uuid        not null,
    sender_id     uuid        not null,
    command_id    uuid        not null,
    message_id    uuid        not null,
    message_seq   bigint      not null,
    -- Who had sent the message, and under which name.
    author_id     uuid        not null,
    client_msg_id uuid        not null,
    type          text        not null,
    -- Of a change; null for the message itself.
    kind          text,
    change_seq    bigint      not null,
    purged_at     timestamptz not null,
    primary key (room_id, sender_id, command_id)
);
