using System.Security.Cryptography;
using System.Text;

namespace VoiceOrdering.Silo.Tests.Child;

/// <summary>A state that can tell whether it is whole: the digest covers everything else.</summary>
[GenerateSerializer, Alias("vo.test.CountedState")]
public sealed class CountedState
{
    /// <summary>The grain it belongs to.</summary>
    [Id(0)] public string Grain { get; set; } = "";
    /// <summary>Write number, from 1.</summary>
    [Id(1)] public int Count { get; set; }
    /// <summary>Text of a length that changes with every write, over several database pages.</summary>
    [Id(2)] public string Filler { get; set; } = "";
    /// <summary>Digest of the rest.</summary>
    [Id(3)] public string Digest { get; set; } = "";

    /// <summary>The state of a write.</summary>
    public static CountedState Of(string grain, int count)
    {
        var state = new CountedState { Grain = grain, Count = count, Filler = string.Concat(Enumerable.Repeat($"{grain}/{count};", 1 + (count * 37 % 400))) };
        state.Digest = state.ComputeDigest();
        return state;
    }

    /// <summary>Whether nothing of it was torn.</summary>
    public bool IsWhole() => Digest == ComputeDigest() && Digest == Of(Grain, Count).Digest;

    private string ComputeDigest() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Grain}|{Count}|{Filler}")));
}
