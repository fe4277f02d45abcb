using System.Diagnostics.CodeAnalysis;
using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>Whose record it is, and the same as bytes that are only borrowed, so that looking one up allocates nothing.</summary>
internal readonly record struct RecordKey(ushort Kind, ByteText Key)
{
    public readonly ref struct Borrowed(ushort kind, ReadOnlySpan<byte> key)
    {
        public readonly ushort Kind = kind;
        public readonly ReadOnlySpan<byte> Key = key;
    }

    public sealed class Comparer : IEqualityComparer<RecordKey>, IAlternateEqualityComparer<Borrowed, RecordKey>
    {
        public bool Equals(RecordKey a, RecordKey b) => a.Kind == b.Kind && a.Key == b.Key;

        public int GetHashCode([DisallowNull] RecordKey key) => GetHashCode(new Borrowed(key.Kind, key.Key.Span));

        public bool Equals(Borrowed a, RecordKey b) => a.Kind == b.Kind && a.Key.SequenceEqual(b.Key.Span);

        public int GetHashCode(Borrowed key)
        {
            uint hash = 2166136261 ^ key.Kind;   // FNV-1a: the keys are names that root has given
            foreach (byte b in key.Key) { hash = (hash ^ b) * 16777619; }
            return (int)hash;
        }

        public RecordKey Create(Borrowed key) => new(key.Kind, key.Key);
    }
}
