{{/*
A process of the product in as many pods as asked for. dict
  "root" $  "component" "office"  "values" (defaults and what stands against them)
  "env" (text: its own environment)  "probes" (text)  "data" (text: the volume at /data)
*/}}
{{- define "dulian.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "dulian.fullname" .root }}-{{ .component }}
  labels:
    {{- include "dulian.labels" . | nindent 4 }}
spec:
  replicas: {{ .values.replicas }}
  # A new pod takes work before an old one gives it up: leases and consumer groups pass it on.
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
  minReadySeconds: 5
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "dulian.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "dulian.labels" . | nindent 8 }}
      annotations:
        checksum/settings: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
        {{- with .values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "dulian.serviceAccountName" .root }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ .root.Values.shutdown.graceSeconds }}
      securityContext:
        {{- include "dulian.podSecurityContext" .root | nindent 8 }}
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .component }}
          image: {{ include "dulian.image" . | quote }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          envFrom:
            - configMapRef:
                name: {{ include "dulian.fullname" .root }}
          {{- if or .env .values.env }}
          env:
            {{- with .env }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- with .values.env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- end }}
          ports:
            - name: http
              containerPort: 7100
          {{- .probes | nindent 10 }}
          lifecycle:
            preStop:
              sleep: { seconds: {{ .root.Values.shutdown.leaveSeconds }} }
          resources:
            {{- toYaml .values.resources | nindent 12 }}
          securityContext:
            {{- include "dulian.securityContext" .root | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: /data
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: data
          {{- .data | nindent 10 }}
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
      {{- with .values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      affinity:
        {{- if .values.affinity }}
        {{- toYaml .values.affinity | nindent 8 }}
        {{- else }}
        {{- include "dulian.spread" . | nindent 8 }}
        {{- end }}
      {{- with .values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
{{- if and .root.Values.podDisruptionBudget.enabled (gt (int .values.replicas) 1) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "dulian.fullname" .root }}-{{ .component }}
  labels:
    {{- include "dulian.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "dulian.selector" . | nindent 6 }}
{{- end }}
{{- end -}}
