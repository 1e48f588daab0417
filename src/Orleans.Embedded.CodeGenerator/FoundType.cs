using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OrleansEmbedded.CodeGenerator;

internal enum EntryKind
{
    Interface,
    Class,
    Serializable,
}

/// <summary>A line of the assembly's description.</summary>
internal sealed record Entry(EntryKind Kind, string Type, string Proxy);

/// <summary>Something wrong with a grain interface, as values that compare, so that the generator's steps can be cached.</summary>
internal sealed record Problem(string Id, string Message, string File, TextSpan Span, LinePositionSpan Lines)
{
    public static Problem At(ISymbol symbol, string id, string message)
    {
        var location = symbol.Locations.FirstOrDefault() ?? Location.None;
        return new Problem(id, message, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        new DiagnosticDescriptor(Id, "Grain interface", "{0}", "OrleansEmbedded", DiagnosticSeverity.Error, isEnabledByDefault: true),
        Location.Create(File, Span, Lines),
        Message);
}

/// <summary>What was found in one declaration and what is written for it.</summary>
internal sealed record FoundType(Entry Entry, string HintName, string? Source, ImmutableArray<Problem> Problems)
{
    public static FoundType Of(Entry entry) => new(entry, "", null, ImmutableArray<Problem>.Empty);

    public bool Equals(FoundType? other)
        => other is not null && Entry == other.Entry && HintName == other.HintName && Source == other.Source && Problems.SequenceEqual(other.Problems);

    public override int GetHashCode() => Entry.GetHashCode();
}
