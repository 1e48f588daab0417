using System.Linq;
using Microsoft.CodeAnalysis;

namespace OrleansEmbedded.CodeGenerator;

/// <summary>Writes one method of a proxy and its call class.</summary>
internal static class MethodWriter
{
    public static void Write(CodeText code, IMethodSymbol method, MethodShape shape, int number)
    {
        var owner = Symbols.Name(method.ContainingType);
        var call = $"Call{number}_{method.Name}" + ProxyWriter.Brackets(method.TypeParameters.Select(static p => p.Name));
        var parameters = string.Join(", ", method.Parameters.Select(static p => Symbols.Name(p.Type) + " @" + p.Name));
        var generics = ProxyWriter.Brackets(method.TypeParameters.Select(static p => p.Name));

        code.Open($"{Symbols.Name(method.ReturnType)} {owner}.{method.Name}{generics}({parameters})");
        code.Line($"var call__ = {call}.Rent();");
        for (var at = 0; at < method.Parameters.Length; at++)
        {
            var parameter = method.Parameters[at];
            code.Line($"call__.A{at} = {Isolated(parameter)};");
        }

        code.Line(Send(shape)).Close();
        WriteCall(code, owner, method, shape, call);
    }

    private static string Isolated(IParameterSymbol parameter)
        => Symbols.IsKnownImmutable(parameter.Type) || Symbols.HasAttribute(parameter, "Orleans.ImmutableAttribute")
            ? "@" + parameter.Name
            : $"global::OrleansEmbedded.Serialization.Isolation<{Symbols.Name(parameter.Type)}>.Copy(@{parameter.Name})";

    private static string Send(MethodShape shape) => shape.Return switch
    {
        ReturnShape.Nothing => "SendOneWay(call__);",
        ReturnShape.Sequence => "return Enumerate(call__);",
        ReturnShape.Task when shape.IsOneWay => "SendOneWay(call__); return global::System.Threading.Tasks.Task.CompletedTask;",
        ReturnShape.ValueTask when shape.IsOneWay => "SendOneWay(call__); return default;",
        ReturnShape.ValueTask => "return new global::System.Threading.Tasks.ValueTask(SendAsync(call__));",
        ReturnShape.ValueTaskOfValue => $"return new global::System.Threading.Tasks.ValueTask<{Symbols.Name(shape.Value!)}>(SendAsync(call__));",
        _ => "return SendAsync(call__);",
    };

    private static void WriteCall(CodeText code, string owner, IMethodSymbol method, MethodShape shape, string call)
    {
        var value = shape.Value is null ? "" : Symbols.Name(shape.Value);
        var baseType = shape.Return switch
        {
            ReturnShape.TaskOfValue or ReturnShape.ValueTaskOfValue => $"ResultCall<{value}>",
            ReturnShape.Sequence => $"EnumerableCall<{value}>",
            _ => "PlainCall",
        };
        code.Open($"private sealed class {call} : global::OrleansEmbedded.Invocation.{baseType}{ProxyWriter.Constraints(method.TypeParameters)}");
        WriteDescription(code, owner, method, shape);
        code.Line("[global::System.ThreadStatic]").Line($"private static {call} free__;");
        for (var at = 0; at < method.Parameters.Length; at++)
        {
            code.Line($"public {Symbols.Name(method.Parameters[at].Type)} A{at};");
        }

        code.Open($"public static {call} Rent()")
            .Line("var call__ = free__;")
            .Line($"if (call__ is null) return new {call}();")
            .Line("free__ = null;")
            .Line("return call__;")
            .Close();
        code.Line("public override global::OrleansEmbedded.Invocation.GrainMethod Method => Description__;");
        WriteExecute(code, owner, method, shape, value);
        WriteArguments(code, method);
        code.Close();
    }

    private static void WriteDescription(CodeText code, string owner, IMethodSymbol method, MethodShape shape)
    {
        var arguments = string.Join(", ", method.Parameters.Select(static p => $"typeof({Symbols.Name(p.Type)})"));
        var generics = string.Join(", ", method.TypeParameters.Select(static p => $"typeof({p.Name})"));
        code.Line($"private static readonly global::OrleansEmbedded.Invocation.GrainMethod Description__ = new global::OrleansEmbedded.Invocation.GrainMethod(typeof({owner}), \"{method.Name}\", {shape.Options}, {shape.Timeout},")
            .Line($"    static () => global::OrleansEmbedded.GeneratedCode.GrainMethods.Find(typeof({owner}), \"{method.Name}\", new global::System.Type[] {{ {generics} }}, new global::System.Type[] {{ {arguments} }}));");
    }

    private static void WriteExecute(CodeText code, string owner, IMethodSymbol method, MethodShape shape, string value)
    {
        var generics = ProxyWriter.Brackets(method.TypeParameters.Select(static p => p.Name));
        var arguments = string.Join(", ", Enumerable.Range(0, method.Parameters.Length).Select(static at => "A" + at));
        var invoke = $"(({owner})target__).{method.Name}{generics}({arguments})";
        const string Task = "global::System.Threading.Tasks.Task";
        switch (shape.Return)
        {
            case ReturnShape.Nothing:
                code.Open($"protected override {Task} Execute(object target__)").Line(invoke + ";").Line($"return {Task}.CompletedTask;").Close();
                break;
            case ReturnShape.Task:
                code.Line($"protected override {Task} Execute(object target__) => {invoke};");
                break;
            case ReturnShape.TaskOfValue:
                code.Line($"protected override {Task}<{value}> Execute(object target__) => {invoke};");
                break;
            case ReturnShape.ValueTask:
                code.Line($"protected override {Task} Execute(object target__) => {invoke}.AsTask();");
                break;
            case ReturnShape.ValueTaskOfValue:
                code.Line($"protected override {Task}<{value}> Execute(object target__) => {invoke}.AsTask();");
                break;
            default:
                code.Line($"protected override global::System.Collections.Generic.IAsyncEnumerable<{value}> Execute(object target__) => {invoke};");
                break;
        }
    }

    private static void WriteArguments(CodeText code, IMethodSymbol method)
    {
        var count = method.Parameters.Length;
        code.Open("protected override void Recycle()");
        for (var at = 0; at < count; at++)
        {
            code.Line($"A{at} = default;");
        }

        code.Line("free__ = this;").Close();
        if (count == 0)
        {
            return;
        }

        code.Line($"public override int GetArgumentCount() => {count};");
        code.Line("public override object GetArgument(int index) => index switch { "
            + string.Join(", ", Enumerable.Range(0, count).Select(static at => $"{at} => A{at}"))
            + ", _ => throw new global::System.ArgumentOutOfRangeException(nameof(index)) };");
        code.Open("public override void SetArgument(int index, object value)").Open("switch (index)");
        for (var at = 0; at < count; at++)
        {
            code.Line($"case {at}: A{at} = ({Symbols.Name(method.Parameters[at].Type)})value; return;");
        }

        code.Line("default: throw new global::System.ArgumentOutOfRangeException(nameof(index));").Close().Close();
        var token = method.Parameters.FirstOrDefault(static p => Symbols.NameOf(p.Type) == "System.Threading.CancellationToken");
        if (token is not null)
        {
            code.Line("public override bool IsCancellable => true;")
                .Line($"public override global::System.Threading.CancellationToken GetCancellationToken() => A{token.Ordinal};")
                .Line($"protected override void SetCancellationToken(global::System.Threading.CancellationToken token) => A{token.Ordinal} = token;");
        }
    }
}
