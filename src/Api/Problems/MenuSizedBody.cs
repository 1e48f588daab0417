using Microsoft.AspNetCore.Http.Metadata;

namespace VoiceOrdering.Api.Problems;

/// <summary>Endpoint metadata: the body may be as large as a menu.</summary>
/// <param name="Bytes">Largest body in bytes.</param>
internal sealed record MenuSizedBody(long Bytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => Bytes;
}
