namespace VoiceOrdering.Silo.Storage.Relational;

/// <summary>
/// A statement that does a whole write by itself and answers with one value, or with none when it changed nothing. Statements of many callers go to the server in one
/// message and are committed together.
/// </summary>
/// <param name="Sql">With the places <c>$1</c>, <c>$2</c>, … for the values.</param>
/// <param name="Values">Strings, 64-bit integers or bytes; a null is absent bytes.</param>
internal sealed record Statement(string Sql, params object?[] Values);

/// <summary>A write that some databases can do with one statement.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal interface IStatementWrite<T>
{
    /// <summary>The statement, or null when this one needs steps.</summary>
    Statement? Statement { get; }

    /// <summary>What the answer of the statement means.</summary>
    T Take(object answer);

    /// <summary>The same step by step: where there are no such statements, and when one answered nothing or failed.</summary>
    T Run(SqlSession session);
}
