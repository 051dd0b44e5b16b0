-- Edits and deletions: each has a place of its own in its room's order. What they made of the message is in the
-- message; what it said before is not kept, so that a deleted message is gone.
create table message_changes (
    room_id    uuid        not null,
    seq        bigint      not null,
    message_id uuid        not null,
    sender_id  uuid        not null,
    command_id uuid        not null,
    kind       text        not null,
    changed_at timestamptz not null,
    constraint message_changes_by_seq primary key (room_id, seq),
    constraint message_changes_once unique (room_id, sender_id, command_id)
);

-- For mentions: the few who go by a nickname are found first, and then whether they are in the room.
create index users_by_nickname on users (nickname);
