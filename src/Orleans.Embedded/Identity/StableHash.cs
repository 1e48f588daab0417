using System.Text;

namespace Orleans;

/// <summary>A hash that is the same in every process and version, for placement and rings.</summary>
public static class StableHash
{
    /// <summary>The hash of bytes (FNV-1a, 32 bit, with a final mix).</summary>
    public static uint ComputeHash(ReadOnlySpan<byte> data)
    {
        var hash = 2166136261u;
        foreach (var b in data)
        {
            hash = (hash ^ b) * 16777619u;
        }

        hash ^= hash >> 16;
        hash *= 0x7feb352du;
        hash ^= hash >> 15;
        return hash;
    }

    /// <summary>The hash of the UTF-8 bytes of a text.</summary>
    public static uint ComputeHash(string data) => ComputeHash(Encoding.UTF8.GetBytes(data));
}
