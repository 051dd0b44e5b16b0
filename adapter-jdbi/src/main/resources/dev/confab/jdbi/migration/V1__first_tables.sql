-- The tables of the main flow. Migrations only ever go forward: a later one changes what this one made.
--
-- Two rules hold throughout. No index covers a column that every stored message changes, and tables whose rows are
-- updated in place leave room on their pages, so that those updates stay heap-only (HOT) and cost no index write.
-- Ids are kept as uuid: 16 bytes, compared as unsigned bytes, which for message ids (ULIDs) is their order.

create table users (
    id            uuid primary key,
    email         text,
    -- The address in lower case, made by the program: lower() would depend on the database's collation.
    email_key     text unique,
    password_hash text,
    nickname      text        not null,
    last_seen_at  timestamptz,
    created_at    timestamptz not null
) with (fillfactor = 80);

create table rooms (
    id              uuid primary key,
    type            text        not null,
    visibility      text        not null,
    status          text        not null,
    name            text,
    booking_id      text,
    direct_key      text unique,
    capacity        integer,
    metadata        jsonb       not null,
    created_by      uuid        not null,
    created_at      timestamptz not null,
    member_count    integer     not null,
    member_version  bigint      not null,
    last_seq        bigint      not null default 0,
    -- How many messages of people (not SYSTEM) the room has seen; unread counts are differences of it.
    ord             bigint      not null default 0,
    last_message_id uuid,
    last_message_at timestamptz
) with (fillfactor = 70);

create table room_members (
    room_id              uuid        not null references rooms (id),
    user_id              uuid        not null references users (id),
    role                 text        not null,
    joined_at            timestamptz not null,
    left_at              timestamptz,
    last_read_message_id uuid,
    last_read_seq        bigint      not null,
    read_ord             bigint      not null,
    last_read_at         timestamptz,
    notify_level         text        not null default 'ALL',
    primary key (room_id, user_id)
) with (fillfactor = 70);

create index room_members_of_user on room_members (user_id) where left_at is null;
create index room_members_by_joining on room_members (room_id, joined_at, user_id) where left_at is null;

-- No foreign keys here: rooms and users are checked under the room's lock, once per batch and not once per row.
create table messages (
    room_id         uuid        not null,
    id              uuid        not null,
    -- The nil uuid for SYSTEM, so that the key below holds for those too.
    sender_id       uuid        not null,
    client_msg_id   uuid        not null,
    seq             bigint      not null,
    -- rooms.ord up to and with this message.
    ord             bigint      not null,
    created_at      timestamptz not null,
    kafka_offset    bigint      not null,
    kafka_partition integer     not null,
    type            text        not null,
    content         text,
    reply_to        uuid,
    mentions        uuid[],
    edited_at       timestamptz,
    deleted_at      timestamptz,
    constraint messages_by_seq primary key (room_id, seq),
    constraint messages_by_id unique (room_id, id),
    constraint messages_sent_once unique (room_id, sender_id, client_msg_id)
);

create index messages_deleted on messages (room_id, ord) where deleted_at is not null and type <> 'SYSTEM';

-- Commands that ended otherwise than stored; reason 'parked' while they lie in the dead-letter log.
create table rejections (
    room_id     uuid        not null,
    sender_id   uuid        not null,
    command_id  uuid        not null,
    reason      text        not null,
    rejected_at timestamptz not null,
    constraint rejections_once primary key (room_id, sender_id, command_id)
);

create table dead_letters (
    topic      text        not null,
    partition  integer     not null,
    "offset"   bigint      not null,
    room_id    uuid,
    sender_id  uuid,
    command_id uuid,
    record_key text,
    payload    text        not null,
    reason     text        not null,
    trace_id   text        not null,
    parked_at  timestamptz not null,
    primary key (topic, partition, "offset")
);

create table logins (
    id       uuid primary key,
    user_id  uuid not null references users (id),
    ended_at timestamptz
);

create index logins_of_user on logins (user_id);

create table refresh_tokens (
    token_hash bytea primary key,
    login_id   uuid        not null references logins (id) on delete cascade,
    expires_at timestamptz not null,
    spent_at   timestamptz
);

create index refresh_tokens_of_login on refresh_tokens (login_id);

-- One row: the life of this store. A copy that is put back in its place takes another value.
create table store_epoch (
    only_row   boolean primary key default true check (only_row),
    value      uuid not null,
    rotated_at timestamptz
);

insert into store_epoch (value) values (gen_random_uuid());

create table partition_progress (
    topic       text    not null,
    partition   integer not null,
    next_offset bigint  not null,
    -- The life of the store in which the partition was last in step with the log.
    epoch       uuid,
    primary key (topic, partition)
) with (fillfactor = 50);
