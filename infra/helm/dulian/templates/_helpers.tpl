{{- define "dulian.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Labels of one component: dict "root" $ "component" "office" */}}
{{- define "dulian.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "dulian.labels" -}}
{{ include "dulian.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: dulian
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "dulian.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "dulian.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* dict "root" $ "component" "office" */}}
{{- define "dulian.image" -}}
{{ .root.Values.image.repository }}/{{ .component }}:{{ default .root.Chart.AppVersion .root.Values.image.tag }}
{{- end -}}

{{- define "dulian.filesClaim" -}}
{{- default (printf "%s-files" (include "dulian.fullname" .)) .Values.files.existingClaim -}}
{{- end -}}

{{/* Ends with an explanation unless each server is named in exactly one way. */}}
{{- define "dulian.checkEngines" -}}
{{- range $port, $engine := .Values.engines -}}
{{- $ways := 0 -}}
{{- if $engine.address }}{{ $ways = add1 $ways }}{{ end -}}
{{- if $engine.secret.name }}{{ $ways = add1 $ways }}{{ end -}}
{{- if $engine.builtIn }}{{ $ways = add1 $ways }}{{ end -}}
{{- if ne (int $ways) 1 -}}
{{- fail (printf "engines.%s: set exactly one of address, secret and builtIn" $port) -}}
{{- end -}}
{{- if and $engine.secret.name (not $engine.secret.key) -}}
{{- fail (printf "engines.%s.secret: name the key that holds the address" $port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* One setting that names a server: dict "root" $ "name" "DULIAN_BUS" "engine" .Values.engines.bus "builtIn" "kafka://…" */}}
{{- define "dulian.engineEnv" -}}
- name: {{ .name }}
{{- if .engine.secret.name }}
  valueFrom:
    secretKeyRef:
      name: {{ .engine.secret.name }}
      key: {{ .engine.secret.key }}
{{- else }}
  value: {{ (.engine.builtIn | ternary .builtIn .engine.address) | quote }}
{{- end }}
{{- end -}}

{{- define "dulian.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "dulian.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "dulian.probes" -}}
startupProbe:
  httpGet: { path: /health/ready, port: http }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: {{ max 1 (div .Values.probes.startupSeconds 5) }}
readinessProbe:
  httpGet: { path: {{ .Values.probes.readinessPath }}, port: http }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
livenessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}

{{- define "dulian.portalProbes" -}}
startupProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: 60
readinessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
livenessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}

{{/* What keeps the pods of a component on different machines where there are any: dict "root" $ "component" "office" */}}
{{- define "dulian.spread" -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "dulian.selector" . | nindent 12 }}
{{- end -}}
