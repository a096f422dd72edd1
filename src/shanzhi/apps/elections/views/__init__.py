"""Pages of the elections room: fetch, act, show. One address, one POST verb."""
