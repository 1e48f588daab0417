using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OrleansEmbedded.CodeGenerator;

internal enum ReturnShape
{
    Nothing,
    Task,
    TaskOfValue,
    ValueTask,
    ValueTaskOfValue,
    Sequence,
}

/// <summary>What a method returns and how it is called.</summary>
internal sealed record MethodShape(ReturnShape Return, ITypeSymbol? Value, string Options, string Timeout)
{
    private static readonly (string Attribute, string Option)[] Attributes =
    [
        ("Orleans.Concurrency.OneWayAttribute", "OneWay"),
        ("Orleans.Concurrency.ReadOnlyAttribute", "ReadOnly"),
        ("Orleans.Concurrency.AlwaysInterleaveAttribute", "AlwaysInterleave"),
        ("Orleans.Concurrency.UnorderedAttribute", "Unordered"),
    ];

    public bool IsOneWay => Return == ReturnShape.Nothing || Options.Contains("OneWay");

    public static MethodShape? Read(IMethodSymbol method, ImmutableArray<Problem>.Builder problems)
    {
        if (method.MethodKind != MethodKind.Ordinary)
        {
            problems.Add(Problem.At(method, "VOE0001", $"{method.ToDisplayString()}: grain interfaces have methods only, no properties or events."));
            return null;
        }

        if (method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None))
        {
            problems.Add(Problem.At(method, "VOE0002", $"{method.ToDisplayString()}: arguments of grain methods cannot be ref, in or out."));
            return null;
        }

        if (Shape(method.ReturnType) is not var (shape, value))
        {
            problems.Add(Problem.At(method, "VOE0003", $"{method.ToDisplayString()}: grain methods return Task, Task<T>, ValueTask, ValueTask<T>, IAsyncEnumerable<T> or void."));
            return null;
        }

        var options = string.Join(" | ", Attributes.Where(pair => Symbols.HasAttribute(method, pair.Attribute))
            .Select(static pair => "global::Orleans.CodeGeneration.InvokeMethodOptions." + pair.Option));
        var timeout = Symbols.Attribute(method, "Orleans.ResponseTimeoutAttribute")?.ConstructorArguments.FirstOrDefault().Value is string text
            ? $"global::System.TimeSpan.Parse({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true)}, global::System.Globalization.CultureInfo.InvariantCulture)"
            : "null";
        return new MethodShape(shape, value, options.Length == 0 ? "global::Orleans.CodeGeneration.InvokeMethodOptions.None" : options, timeout);
    }

    private static (ReturnShape Shape, ITypeSymbol? Value)? Shape(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void)
        {
            return (ReturnShape.Nothing, null);
        }

        var value = type is INamedTypeSymbol { TypeArguments.Length: 1 } named ? named.TypeArguments[0] : null;
        return Symbols.NameOf(type) switch
        {
            "System.Threading.Tasks.Task" => (value is null ? ReturnShape.Task : ReturnShape.TaskOfValue, value),
            "System.Threading.Tasks.ValueTask" => (value is null ? ReturnShape.ValueTask : ReturnShape.ValueTaskOfValue, value),
            "System.Collections.Generic.IAsyncEnumerable" => (ReturnShape.Sequence, value),
            _ => null,
        };
    }
}
