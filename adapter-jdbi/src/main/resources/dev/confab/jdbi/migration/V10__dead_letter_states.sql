-- What operators did with dead letters, by their place in the dead-letter log. That log may be made anew and give the
-- same places out again, so a state counts only for the letter that was parked at that time.
create table dead_letter_states (
    partition  integer     not null,
    "offset"   bigint      not null,
    parked_at  timestamptz not null,
    state      text        not null,
    decided_at timestamptz not null,
    primary key (partition, "offset")
);
