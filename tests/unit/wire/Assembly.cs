// Tests count descriptors of the process: one at a time.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
