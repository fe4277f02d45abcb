// One test measures what the whole heap holds: no other may allocate beside it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
